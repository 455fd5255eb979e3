import { useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { App } from "../app.ts";
import type { Entrance } from "../entrance.ts";
import type { Sentences } from "../sentences/sentences.ts";
import { Enter } from "./auth/enter.tsx";
import { Invitation } from "./auth/invitation.tsx";
import { SetUp } from "./auth/set-up.tsx";
import { SignIn } from "./auth/sign-in.tsx";
import { Splash } from "./auth/splash.tsx";
import { AppContext, EntranceContext, useEntrance, useSentences } from "./context.ts";
import { Shell } from "./shell.tsx";

/** The whole console. Keys that no field takes are handled here, once. */
export function Console({ entrance }: { entrance: Entrance }) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && entrance.app.peek()?.keyboard.press(event, event.target)) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [entrance]);
  return (
    <EntranceContext.Provider value={entrance}>
      <Dress />
      <Page />
    </EntranceContext.Provider>
  );
}

function Page() {
  const { router, session, app } = useEntrance();
  const route = router.route.value;
  switch (route.page) {
    case "setup":
      return <SetUp token={route.token} />;
    case "enter":
      return <Enter token={route.token} />;
    case "invitation":
      return <Invitation token={route.token} />;
    default:
  }
  switch (session.state.value) {
    case "asking":
    case "unreachable":
      return <Splash />;
    case "out":
      return <SignIn />;
    default:
      return app.value ? (
        <AppContext.Provider value={app.value} key={app.value.agent}>
          <Shell />
        </AppContext.Provider>
      ) : (
        <Splash />
      );
  }
}

/** How many wait, and which page it is: what tells one tab from another. */
function titleOf({ router, inbox, editor }: App, t: Sentences): string {
  const { n, more } = inbox.counts.value.waiting ?? { n: 0, more: false };
  return `${n > 0 ? `(${n}${more ? "+" : ""}) ` : ""}${named()} · Deskbell`;

  function named(): string {
    const route = router.route.value;
    switch (route.page) {
      case "knowledge":
        return route.article ? editor.text.value.title || t.untitled : t.knowledge;
      case "collections":
        return t.collections;
      case "settings":
        return t.sections[route.section];
      default:
        return t.inbox;
    }
  }
}

/** Theme, language and title are the document's. */
function Dress() {
  const { preferences, locale, app } = useEntrance();
  const t = useSentences();
  const title = app.value ? titleOf(app.value, t) : "Deskbell";
  useEffect(() => {
    document.title = title;
  }, [title]);
  useSignalEffect(() => {
    document.documentElement.lang = locale.value;
  });
  useSignalEffect(() => {
    const wanted = preferences.theme.value;
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const put = () => {
      document.documentElement.dataset.theme = wanted === "auto" ? (dark.matches ? "dark" : "light") : wanted;
    };
    put();
    dark.addEventListener("change", put);
    return () => dark.removeEventListener("change", put);
  });
  return null;
}
