import { Avatar } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { bookOpen, circleQuestionMark, inbox as inboxIcon, search, settings as settingsIcon } from "../../ui/icons.ts";
import { Logo } from "../../ui/logo.tsx";
import type { Route } from "../models/routes.ts";
import { useApp, useSentences } from "./context.ts";
import { Link } from "./link.tsx";
import { MeMenu } from "./overlays/me-menu.tsx";
import { MOD, Tip } from "./tip.tsx";

/** Where one can go, and who one is. */
export function Rail() {
  const { router, inbox, overlays, session, presence, preferences } = useApp();
  const t = useSentences();
  const { page } = router.route.value;
  const place = page === "collections" ? "knowledge" : page;
  const waiting = inbox.counts.value.waiting?.n ?? 0;
  const agent = session.agent.value;
  const item = (to: Route, icon: string, label: string, keys: readonly string[], dot = false) => (
    <Link to={to} class="rail-item has-tip" aria-label={label} aria-current={place === to.page ? "page" : undefined}>
      <Icon d={icon} />
      {dot && <span class="dot dot-ring" />}
      <Tip keys={keys}>{label}</Tip>
    </Link>
  );
  const button = (icon: string, label: string, keys: readonly string[], show: () => void) => (
    <button type="button" class="rail-item has-tip" aria-label={label} onClick={show}>
      <Icon d={icon} />
      <Tip keys={keys}>{label}</Tip>
    </button>
  );
  return (
    <nav class="rail" aria-label={t.main}>
      <Logo size={28} />
      {item({ page: "inbox", view: inbox.view.value }, inboxIcon, t.inbox, ["G", "I"], page !== "inbox" && waiting > 0)}
      {item({ page: "knowledge" }, bookOpen, t.knowledge, ["G", "K"])}
      {item({ page: "settings", section: "install" }, settingsIcon, t.settings, ["G", "S"])}
      <div class="rail-end">
        {button(search, t.searchAndCommands, [MOD, "K"], () => overlays.show("palette"))}
        {button(circleQuestionMark, t.shortcuts, ["?"], () => overlays.show("keys"))}
        <div class="anchor">
          <button
            type="button"
            class="rail-face"
            aria-expanded={overlays.open.value === "me"}
            onClick={() => overlays.toggle("me")}
          >
            <Avatar
              name={agent?.name ?? ""}
              avatar={agent?.avatar}
              size={32}
              presence={presence.up.value && !preferences.away.value ? "online" : "away"}
            />
            <span class="sr">{t.me(agent?.name ?? "")}</span>
          </button>
          {overlays.open.value === "me" && <MeMenu />}
        </div>
      </div>
    </nav>
  );
}
