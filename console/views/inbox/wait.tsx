import type { Conversation } from "../../../protocol/conversation.ts";
import { Icon } from "../../../ui/icon.tsx";
import { alarmClock, check, cornerUpLeft } from "../../../ui/icons.ts";
import { sameDay, span, clock as timeOfDay } from "../../../ui/when.ts";
import { useApp, useSentences } from "../context.ts";

/** Where no reply is promised, the ring is full after an hour and asks for attention from half of it. */
const FULL_AFTER_MS = 60 * 60_000;
const WARN_FROM = 0.5;
const LEAST_TOLD_MS = 60_000;
const CIRCUMFERENCE = 37.7;

/** How long somebody has waited; else what else is to be said about time. Alive: it counts by itself. */
export function Wait({ row }: { row: Conversation }) {
  const { clock, locale } = useApp();
  const t = useSentences();
  const now = clock.now.value;
  const lang = locale.value;
  if (row.status === "snoozed" && row.snoozedUntil) {
    const { snoozedUntil: at } = row;
    const when = sameDay(at, new Date(now).toISOString()) ? timeOfDay(at, lang) : shortDay(at, lang);
    return <Aside icon={alarmClock}>{t.until(when)}</Aside>;
  }
  if (row.status === "resolved") return <Aside icon={check}>{ago(row.resolvedAt ?? row.updatedAt)}</Aside>;
  if (row.waitingSince === undefined)
    return row.latest?.by === "agent" ? <Aside icon={cornerUpLeft}>{t.replied(ago(row.latest.at))}</Aside> : null;
  const began = Date.parse(row.waitingSince);
  const due = row.due === undefined ? began + FULL_AFTER_MS : Date.parse(row.due);
  const share = Math.min(1, Math.max(0, (now - began) / Math.max(1, due - began)));
  const tone = share >= 1 ? " wait-late" : share >= WARN_FROM ? " wait-warn" : "";
  return (
    <span class={`wait${tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6" />
        <circle cx="8" cy="8" r="6" stroke-dasharray={`${(share * CIRCUMFERENCE).toFixed(1)} ${CIRCUMFERENCE}`} />
      </svg>
      <span class="sr">{t.waiting(ago(row.waitingSince))}</span>
      <span aria-hidden="true">{ago(row.waitingSince)}</span>
    </span>
  );

  function ago(at: string): string {
    // "0 min" says less than it seems to
    return span(Math.max(LEAST_TOLD_MS, now - Date.parse(at)), lang);
  }
}

function Aside({ icon, children }: { icon: string; children: string }) {
  return (
    <span class="wait">
      <Icon d={icon} size={14} />
      {children}
    </span>
  );
}

function shortDay(at: string, lang: string): string {
  return new Date(at).toLocaleDateString(lang, { day: "numeric", month: "short" });
}
