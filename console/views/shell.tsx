import { useApp, useSentences } from "./context.ts";
import { InboxPage } from "./inbox/inbox-page.tsx";
import { CollectionsPage } from "./knowledge/collections-page.tsx";
import { KnowledgePage } from "./knowledge/knowledge-page.tsx";
import { KeySheet } from "./overlays/key-sheet.tsx";
import { PaletteView } from "./overlays/palette.tsx";
import { ToastsView } from "./overlays/toasts.tsx";
import { Rail } from "./rail.tsx";
import { SettingsPage } from "./settings/settings-page.tsx";

/** What somebody who is signed in sees: the rail and one page. */
export function Shell() {
  const { router, session, presence, overlays } = useApp();
  const t = useSentences();
  const route = router.route.value;
  const { page } = route;
  const deep = (route.page === "inbox" && route.conversation) || (route.page === "knowledge" && route.article);
  const lost = presence.wasUp.value && !presence.up.value;
  return (
    <div class={`shell shell-${page}${deep ? " is-deep" : ""}`}>
      <Rail />
      <Page />
      {lost && (
        <p class="ribbon" role="status">
          {t.offline}
        </p>
      )}
      {session.outdated.value && (
        <p class="ribbon" role="status">
          {t.outdated}{" "}
          <button type="button" class="link" onClick={() => location.reload()}>
            {t.reload}
          </button>
        </p>
      )}
      {overlays.open.value === "palette" && <PaletteView />}
      {overlays.open.value === "keys" && <KeySheet />}
      <ToastsView />
    </div>
  );
}

function Page() {
  const { router } = useApp();
  switch (router.route.value.page) {
    case "knowledge":
      return <KnowledgePage />;
    case "collections":
      return <CollectionsPage />;
    case "settings":
      return <SettingsPage />;
    default:
      return <InboxPage />;
  }
}
