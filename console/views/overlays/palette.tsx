import { useEffect, useRef } from "preact/hooks";
import { Avatar } from "../../../ui/avatar.tsx";
import { Icon } from "../../../ui/icon.tsx";
import {
  alarmClock,
  bookOpen,
  check,
  checkCheck,
  chevronRight,
  circleQuestionMark,
  fileText,
  inbox,
  lock,
  messageSquare,
  rotateCcw,
  search,
  settings,
  squarePen,
  tag,
  userPlus,
} from "../../../ui/icons.ts";
import { findMarks, MarkedText } from "../../../ui/marked-text.tsx";
import { type CommandId, titleOf } from "../../models/commands.ts";
import type { Entry } from "../../models/palette.ts";
import { nameOf } from "../../names.ts";
import { useApp, useSentences } from "../context.ts";
import { onKeys } from "../keys.ts";
import { Keys } from "../tip.tsx";
import { Dialog } from "./dialog.tsx";

const ICONS: Partial<Record<CommandId, string>> = {
  resolve: check,
  resolveAndNext: checkCheck,
  reopen: rotateCcw,
  reply: messageSquare,
  note: lock,
  assign: userPlus,
  take: userPlus,
  tag,
  snooze: alarmClock,
  inbox,
  knowledge: bookOpen,
  newArticle: squarePen,
  settings,
  keys: circleQuestionMark,
};

/** Search and commands (⌘K). */
export function PaletteView() {
  const { palette, overlays, threads } = useApp();
  const t = useSentences();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const entries = palette.entries.value;
  const at = Math.min(palette.chosen.value, entries.length - 1);
  const about = threads.current.value?.conversation.value;
  useEffect(() => {
    document.getElementById(`palette-${at}`)?.scrollIntoView?.({ block: "nearest" });
  }, [at]);
  const onKeyDown = onKeys((event) => {
    const entry = entries[at];
    if (event.key === "ArrowDown") palette.chosen.value = (at + 1) % Math.max(1, entries.length);
    else if (event.key === "ArrowUp") palette.chosen.value = (at - 1 + entries.length) % Math.max(1, entries.length);
    else if (event.key === "Enter" && entry) palette.run(entry);
    else return;
    event.preventDefault();
  });
  return (
    <Dialog label={t.searchAndCommands} class="palette">
      <div class="palette-input">
        <Icon d={search} />
        <input
          ref={field}
          class="shrink"
          type="text"
          role="combobox"
          aria-label={t.paletteHint}
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={entries.length > 0 ? `palette-${at}` : undefined}
          placeholder={t.paletteHint}
          value={palette.query.value}
          onInput={(event) => {
            palette.query.value = event.currentTarget.value;
          }}
          onKeyDown={onKeyDown}
        />
        {about && <span class="badge clip">{nameOf(about, t)}</span>}
      </div>
      <div class="palette-list" id="palette-list" role="listbox" aria-label={t.searchAndCommands}>
        {groups(entries).map(({ kind, from, entries }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div class="palette-group" role="group" aria-label={groupTitle(kind)} key={kind}>
            <p class="group-title" aria-hidden="true">
              {groupTitle(kind)}
            </p>
            {entries.map((entry, index) => (
              <EntryView entry={entry} at={from + index} key={from + index} />
            ))}
          </div>
        ))}
        {entries.length === 0 && <p class="palette-none muted">{t.nothingFound}</p>}
      </div>
      <p class="picker-foot">
        <span>
          <Keys keys={["↑", "↓"]} />
          {t.choose}
        </span>
        <span>
          <Keys keys={["Enter"]} />
          {t.run}
        </span>
        <button type="button" onClick={overlays.close}>
          <Keys keys={["Esc"]} />
          {t.closes}
        </button>
      </p>
    </Dialog>
  );

  function groupTitle(kind: string): string {
    if (kind === "conversation") return t.thisConversation;
    if (kind === "row") return t.conversations;
    return kind === "article" ? t.articles : t.goTo;
  }
}

function EntryView({ entry, at }: { entry: Entry; at: number }) {
  const { palette } = useApp();
  const t = useSentences();
  const text =
    entry.kind === "command"
      ? titleOf(entry.command.id, t)
      : entry.kind === "article"
        ? entry.article.title
        : entry.row.subject || nameOf(entry.row, t);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys act on the field, which has the focus
    <div
      id={`palette-${at}`}
      class="cmd"
      role="option"
      tabIndex={-1}
      aria-selected={at === palette.chosen.value}
      onPointerMove={() => {
        palette.chosen.value = at;
      }}
      onClick={() => palette.run(entry)}
    >
      {entry.kind === "row" ? (
        <Avatar name={nameOf(entry.row, t)} size={20} />
      ) : (
        <Icon d={entry.kind === "article" ? fileText : (ICONS[entry.command.id] ?? chevronRight)} size={18} />
      )}
      <span class="clip">
        <Begun text={text} query={palette.query.value} />
      </span>
      {entry.kind === "command" && (
        <span class="keys">
          <Keys keys={entry.command.keys} />
        </span>
      )}
      {entry.kind === "row" && <span class="push small muted nowrap">{nameOf(entry.row, t)}</span>}
    </div>
  );
}

/** What was typed stands out where it stands. */
function Begun({ text, query }: { text: string; query: string }) {
  const wanted = query.trim().toLowerCase();
  const from = wanted ? text.toLowerCase().indexOf(wanted) : -1;
  return <MarkedText text={text} marks={from < 0 ? findMarks(text, query) : [[from, from + wanted.length]]} />;
}

function groups(entries: readonly Entry[]) {
  const found: { kind: string; from: number; entries: Entry[] }[] = [];
  entries.forEach((entry, at) => {
    const kind = entry.kind === "command" ? entry.command.group : entry.kind;
    const last = found.at(-1);
    if (last?.kind === kind) last.entries.push(entry);
    else found.push({ kind, from: at, entries: [entry] });
  });
  return found;
}
