import { Icon } from "../../../ui/icon.tsx";
import { monitor } from "../../../ui/icons.ts";
import { relative } from "../../../ui/when.ts";
import type { Session } from "../../models/security.ts";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";

/** Where somebody is signed in, each to be ended. */
function SessionRows({ sessions }: { sessions: readonly Session[] }) {
  const { security, locale, clock, toasts } = useApp();
  const t = useSentences();
  const end = async (id: string) => {
    const fault = await security.end(id);
    toasts.show((t) => (fault ? saidOf(fault, t, t.refused) : t.ended));
  };
  return (
    <ul class="cards">
      {sessions.map(({ id, browser, system, seenAt, address, current }) => (
        <li class="card-row" key={id}>
          <Icon d={monitor} size={18} />
          <span class="shrink">
            <span class="medium clip">{t.onDevice(browser, system)}</span>
            <span class="small muted clip">{t.seenFrom(relative(seenAt, locale.value, clock.now.value), address)}</span>
          </span>
          {current ? (
            <span class="badge badge-accent">{t.thisOne}</span>
          ) : (
            <button type="button" class="btn btn-quiet btn-sm" onClick={() => void end(id)}>
              {t.endSession}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** One's own, under the profile. */
export function OwnSessions() {
  const { security, toasts } = useApp();
  const t = useSentences();
  const sessions = security.own.value.value?.items;
  if (!sessions) return null;
  const endOthers = async () => {
    const fault = await security.endOthers();
    toasts.show((t) => (fault ? saidOf(fault, t, t.refused) : t.ended));
  };
  return (
    <>
      <h2>{t.signedInAt}</h2>
      <p class="hint">{t.signedInAtHint}</p>
      <SessionRows sessions={sessions} />
      {sessions.length > 1 && (
        <p class="settings-more">
          <button type="button" class="btn btn-secondary btn-sm" onClick={() => void endOthers()}>
            {t.endOthers}
          </button>
        </p>
      )}
    </>
  );
}

/** Those of somebody whom one manages. */
export function TheirSessions({ id, name }: { id: string; name: string }) {
  const { security, toasts } = useApp();
  const t = useSentences();
  const sessions = security.theirs.value.value?.items ?? [];
  const endAll = async () => {
    const fault = await security.endAllOf(id);
    toasts.show((t) => (fault ? saidOf(fault, t, t.refused) : t.ended));
  };
  return (
    <section class="card-link" aria-label={t.sessionsOf(name)}>
      <h3 class="small medium">{t.sessionsOf(name)}</h3>
      {sessions.length === 0 ? <p class="small muted">{t.noSessions}</p> : <SessionRows sessions={sessions} />}
      {sessions.length > 1 && (
        <p class="settings-more">
          <button type="button" class="btn btn-secondary btn-sm" onClick={() => void endAll()}>
            {t.endAll}
          </button>
        </p>
      )}
    </section>
  );
}
