import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { clock, code, globe, history, keyRound, languages, mail, palette, slash, users } from "../../../ui/icons.ts";
import type { Section } from "../../models/routes.ts";
import { useApp, useSentences } from "../context.ts";
import { USER } from "../icons.tsx";
import { Link } from "../link.tsx";
import { AppearancePage } from "./appearance-page.tsx";
import { AuditPage } from "./audit-page.tsx";
import { HoursPage } from "./hours-page.tsx";
import { InstallPage } from "./install-page.tsx";
import { KeysPage } from "./keys-page.tsx";
import { MailPage } from "./mail-page.tsx";
import { PeoplePage } from "./people-page.tsx";
import { ProfilePage } from "./profile-page.tsx";
import { RepliesPage } from "./replies-page.tsx";
import { SitePage } from "./site-page.tsx";
import { WordingPage } from "./wording-page.tsx";

const ICONS: Record<Section, string> = {
  install: code,
  appearance: palette,
  wording: languages,
  site: globe,
  hours: clock,
  mail,
  replies: slash,
  people: users,
  keys: keyRound,
  audit: history,
  profile: USER,
};
const PAGES = {
  install: InstallPage,
  appearance: AppearancePage,
  wording: WordingPage,
  site: SitePage,
  hours: HoursPage,
  mail: MailPage,
  replies: RepliesPage,
  people: PeoplePage,
  keys: KeysPage,
  audit: AuditPage,
  profile: ProfilePage,
} satisfies Record<Section, unknown>;

/** What agents may look at and not change. */
const OWNERS: ReadonlySet<Section> = new Set(["appearance", "wording", "site", "hours", "mail"]);

/** Settings: sections at the side, one of them open. */
export function SettingsPage() {
  const { router, session } = useApp();
  const t = useSentences();
  const route = router.route.value;
  const section = route.page === "settings" ? route.section : "install";
  const Page = PAGES[section];
  const manages = session.agent.value?.role !== "agent";
  const nav = useRef<HTMLElement>(null);
  // On a phone the sections are a strip that is longer than the screen.
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, [section]);
  const item = (id: Section) => (
    <Link
      key={id}
      class="subnav-item"
      to={{ page: "settings", section: id }}
      aria-current={id === section ? "page" : undefined}
    >
      <Icon d={ICONS[id]} size={18} />
      <span class="clip">{t.sections[id]}</span>
    </Link>
  );
  return (
    <div class="page page-sub">
      <nav ref={nav} class="subnav" aria-label={t.settings}>
        <h2>{t.settings}</h2>
        <h3 class="clip">{session.site.value?.name}</h3>
        {item("install")}
        {item("appearance")}
        {item("wording")}
        {item("site")}
        {item("hours")}
        {item("mail")}
        {item("replies")}
        <h3>{t.workspace}</h3>
        {item("people")}
        {manages && item("keys")}
        {session.agent.value?.role === "owner" && item("audit")}
        <h3>{t.yourself}</h3>
        {item("profile")}
      </nav>
      <main class="page-main page-scroll">
        {!manages && OWNERS.has(section) && <p class="bar-note">{t.onlyOwners}</p>}
        <Page key={session.site.value?.id} />
      </main>
    </div>
  );
}
