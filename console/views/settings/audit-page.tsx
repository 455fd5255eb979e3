import { clock, day } from "../../../ui/when.ts";
import type { AuditEntry } from "../../models/security.ts";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";
import { FailedLine } from "../nowhere.tsx";

/** What owners and admins changed: who, when, from where, and from what to what. */
export function AuditPage() {
  const { security, toasts } = useApp();
  const t = useSentences();
  const log = security.audit.value.value;
  const fault = security.audit.fault.value;
  const more = async () => {
    const refused = await security.moreAudit();
    if (refused) toasts.show((t) => saidOf(refused, t, t.refused));
  };
  return (
    <div class="settings">
      <h1>{t.sections.audit}</h1>
      <p>{t.auditLead}</p>
      <FailedLine fault={fault} again={security.audit.fetch} />
      {log?.items.length === 0 && <p class="muted settings-none">{t.noAudit}</p>}
      {log && log.items.length > 0 && (
        <ol class="cards">
          {log.items.map((entry) => (
            <Row entry={entry} key={entry.id} />
          ))}
        </ol>
      )}
      {log?.cursor !== undefined && (
        <p class="settings-more">
          <button type="button" class="btn btn-secondary btn-sm" onClick={() => void more()}>
            {t.auditMore}
          </button>
        </p>
      )}
    </div>
  );
}

function Row({ entry }: { entry: AuditEntry }) {
  const { locale, clock: time } = useApp();
  const t = useSentences();
  const { at, by, action, name = "", before, after, address } = entry;
  const say = t.actions[action];
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <li class="audit-row">
      <p>
        <span class="medium">{by?.name ?? t.who}</span> {say ? say(isolated(name)) : `${action} ${isolated(name)}`}
      </p>
      {fields.length > 0 && (
        <ul class="small">
          {fields.map((field) => (
            <li key={field}>
              <span class="muted">{t.fieldIs(t.fields[field] ?? field)}</span>
              <Changed field={field} entry={entry} />
            </li>
          ))}
        </ul>
      )}
      <p class="small muted">
        <time dateTime={at}>{t.dayAndTime(day(at, locale.value, time.now.value), clock(at, locale.value))}</time>
        {address !== undefined && ` · ${t.fromAddress(address)}`}
      </p>
    </li>
  );
}

/** From what to what; of what was added or removed as a whole, only what it was. */
function Changed({ field, entry: { before, after } }: { field: string; entry: AuditEntry }) {
  const { session, locale, clock: time } = useApp();
  const t = useSentences();
  const shown = (value: unknown): string => {
    if (value === undefined || value === null) return "";
    if (Array.isArray(value)) return value.map(shown).join(", ");
    if (typeof value === "object") return Object.values(value).map(shown).join(", ");
    const text = String(value);
    if (field === "role") return text in t.roles ? t.roles[text as keyof typeof t.roles] : text;
    if (field === "visibility") return text in t.visibility ? t.visibility[text as keyof typeof t.visibility] : text;
    if (field === "sites") return session.sites.value.find(({ id }) => id === text)?.name ?? text;
    if (field === "formerUntil")
      return t.dayAndTime(day(text, locale.value, time.now.value), clock(text, locale.value));
    return text;
  };
  const [was, is] = [shown(before?.[field]), shown(after?.[field])];
  if (!before || !after) return <>{was || is}</>;
  return <>{t.changedFrom(was || t.nothingThere, is || t.nothingThere)}</>;
}

/** A name in quotes of no language, so that one that reads from the right turns nothing else around. */
function isolated(name: string): string {
  return name && `\u2068${name}\u2069`;
}
