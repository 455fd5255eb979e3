import { useApp, useSentences } from "../context.ts";
import { Choice } from "../fields.tsx";
import { Link } from "../link.tsx";
import { Popover } from "./popover.tsx";

/** One's own corner: theme, profile, the other sites, the way out. */
export function MeMenu() {
  const { session, preferences, router, overlays } = useApp();
  const t = useSentences();
  const agent = session.agent.value;
  const sites = session.sites.value;
  const change = (site: string) => {
    const route = router.route.peek();
    overlays.close();
    // The open conversation is the other site's: it would lead right back.
    if (route.page === "inbox") router.go({ page: "inbox", view: route.view });
    session.choose(site);
  };
  return (
    <Popover label={t.me(agent?.name ?? "")} class="me-menu">
      <div class="me-head">
        <p class="strong clip">{agent?.name}</p>
        <p class="small muted clip">{agent?.email}</p>
      </div>
      <div class="me-part">
        <Choice
          label={t.presence}
          small
          options={(["here", "away"] as const).map((id) => ({ id, text: t.presences[id] }))}
          value={preferences.away.value ? "away" : "here"}
          onChange={(id) => {
            preferences.away.value = id === "away";
          }}
        />
        {preferences.away.value && <p class="small muted">{t.youAreAway}</p>}
      </div>
      <div class="me-part">
        <Choice
          label={t.theme}
          small
          options={(["auto", "light", "dark"] as const).map((id) => ({ id, text: t.themes[id] }))}
          value={preferences.theme.value}
          onChange={(theme) => {
            preferences.theme.value = theme;
          }}
        />
      </div>
      {sites.length > 1 && (
        <div class="me-part">
          <label class="small muted" for="me-site">
            {t.switchSite}
          </label>
          <select
            id="me-site"
            class="field"
            value={session.site.value?.id}
            onChange={(event) => change(event.currentTarget.value)}
          >
            {sites.map(({ id, name }) => (
              <option value={id} key={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <Link class="option" to={{ page: "settings", section: "profile" }}>
        {t.sections.profile}
      </Link>
      <button type="button" class="option" onClick={() => void session.signOut()}>
        {t.signOut}
      </button>
    </Popover>
  );
}
