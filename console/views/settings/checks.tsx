import type { ComponentChildren } from "preact";
import { Icon } from "../../../ui/icon.tsx";
import { circleCheck, circleDashed, circleX, triangleAlert } from "../../../ui/icons.ts";
import { relative } from "../../../ui/when.ts";
import type { Check } from "../../models/settings.ts";
import type { Seen } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { Link } from "../link.tsx";

const ICONS = { ok: circleCheck, warn: triangleAlert, fail: circleX, wait: circleDashed } as const;

/** What works, what does not, and what to do about it. */
export function Checks({ check }: { check: Check }) {
  const { session, locale, clock } = useApp();
  const t = useSentences();
  const { install, script, ms, first } = check;
  const when = (at: string) => relative(at, locale.value, clock.now.value);
  const seen = new Map(install.seen.map((one) => [one.origin, one]));
  const foreign = install.seen.filter(({ origin }) => !install.origins.includes(origin));
  const open = install.origins[0];
  return (
    <ul class="checks">
      <Line state={script} title={t.checkScript} text={script === "ok" ? t.checkScriptOk(ms) : t.checkScriptFail} />
      <Line state="ok" title={t.checkKey} text={<code>{session.site.value?.key}</code>} />
      {install.origins.length === 0 ? (
        <Line state="fail" title={t.checkOriginsNone} text={t.checkOriginsNoneHint}>
          <Link class="btn btn-secondary btn-sm" to={{ page: "settings", section: "site" }}>
            {t.goToSite}
          </Link>
        </Line>
      ) : (
        <Line state="ok" title={t.checkOrigins} text={install.origins.join(", ")} />
      )}
      {install.origins.map((origin) => {
        const found = seen.get(origin);
        const { host } = new URL(origin);
        if (found) return <Found key={origin} host={host} seen={found} when={when(found.at)} />;
        return (
          <Line key={origin} state="wait" title={t.checkNotSeen(host)} text={t.checkNotSeenHint}>
            <a class="btn btn-secondary btn-sm" href={origin} target="_blank" rel="noopener noreferrer">
              {t.openOrigin(host)}
            </a>
          </Line>
        );
      })}
      {foreign.map(({ origin }) => (
        <Line key={origin} state="warn" title={t.checkForeign(origin)} text={t.checkForeignHint} />
      ))}
      {first ? (
        <Line state="ok" title={t.checkFirstDone} text="" />
      ) : (
        <Line state="wait" title={t.checkFirst} text={t.checkFirstHint}>
          {open && (
            <a class="btn btn-primary btn-sm" href={open} target="_blank" rel="noopener noreferrer">
              {t.openOrigin(new URL(open).host)}
            </a>
          )}
        </Line>
      )}
    </ul>
  );
}

/** Seen at work: whether it is the only one, the newest, and let do what it does. */
function Found({ host, seen, when }: { host: string; seen: Seen; when: string }) {
  const t = useSentences();
  const { old, tags, blocked } = seen;
  const fine = !old && !blocked && tags === 1;
  return (
    <>
      <Line
        state="ok"
        title={t.checkSeen(host)}
        text={fine ? t.checkSeenFine(t.checkSeenAt(when)) : t.checkSeenAt(when)}
      />
      {blocked && <Line state="fail" title={t.checkBlocked(host, blocked)} text={t.checkBlockedHint} />}
      {tags !== undefined && tags > 1 && <Line state="warn" title={t.checkTwice(host, tags)} text={t.checkTwiceHint} />}
      {old && <Line state="warn" title={t.checkOld(host)} text={t.checkOldHint} />}
    </>
  );
}

function Line(props: {
  state: keyof typeof ICONS;
  title: string;
  text: ComponentChildren;
  children?: ComponentChildren;
}) {
  const { state, title, text, children } = props;
  return (
    <li class={`is-${state}`}>
      <Icon d={ICONS[state]} size={20} />
      <p class="medium">{title}</p>
      {text && <p class="small muted">{text}</p>}
      {children && <div class="check-act">{children}</div>}
    </li>
  );
}
