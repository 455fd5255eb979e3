import { useEffect } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { rotateCw } from "../../../ui/icons.ts";
import { span } from "../../../ui/when.ts";
import { useApp, useSentences } from "../context.ts";
import { FailedLine } from "../nowhere.tsx";
import { Checks } from "./checks.tsx";
import { Snippets } from "./snippets.tsx";

const CHECK_EVERY_MS = 10_000;

/** What to paste, and what we see of it. */
export function InstallPage() {
  const { settings, session, clock, locale } = useApp();
  const t = useSentences();
  const check = settings.check.value.value;
  const fault = settings.check.fault.value;
  const site = session.site.value;
  useEffect(() => {
    // Somebody pastes it in another window: it turns green here by itself.
    const timer = setInterval(() => document.visibilityState === "visible" && settings.check.fetch(), CHECK_EVERY_MS);
    return () => clearInterval(timer);
  }, [settings]);
  const origin = check?.install.origins[0];
  return (
    <div class="settings">
      <h1>{t.installOn(origin ? new URL(origin).host : (site?.name ?? ""))}</h1>
      <p>{t.installLead}</p>
      <h2>{t.pasteThis}</h2>
      {check && <Snippets install={check.install} site={settings.site.value.value} />}
      <div class="settings-head">
        <h2>{t.weCheck}</h2>
        <span class="small muted push">
          {check &&
            (clock.now.value - check.at < 60_000
              ? t.checkedNow
              : t.checkedAgo(span(clock.now.value - check.at, locale.value)))}
        </span>
        <button type="button" class="btn btn-secondary btn-sm" onClick={() => void settings.check.fetch()}>
          <Icon d={rotateCw} size={14} />
          {t.checkNow}
        </button>
      </div>
      <FailedLine fault={fault} again={() => Promise.all([settings.site.fetch(), settings.check.fetch()])} />
      {check ? <Checks check={check} /> : !fault && <p class="muted">{t.loading}</p>}
    </div>
  );
}
