import { useLayoutEffect, useRef } from "preact/hooks";
import type { Conversation } from "../../../protocol/conversation.ts";
import { shortNameOf } from "../../names.ts";
import { useApp, useSentences } from "../context.ts";
import { onKeys } from "../keys.ts";

const TALLEST_PX = 260;

/** The text itself. Keys go to the picker while it is open; an input method's unfinished word comes before all. */
export function WritingField({ conversation }: { conversation: Conversation }) {
  const { composer, picker, undo } = useApp();
  const t = useSentences();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = composer.text.value;
  const { mode } = composer.draft.value;
  const { times, caret } = composer.focus.value;
  const choices = picker.choices.value;
  const open = choices.length > 0;

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(TALLEST_PX, area.scrollHeight)}px`;
  }, [text, mode]);
  useLayoutEffect(() => {
    const area = field.current;
    if (!area || times === 0) return;
    area.focus();
    if (caret !== undefined) area.setSelectionRange(caret, caret);
  }, [times]);

  const onKeyDown = onKeys<HTMLTextAreaElement>((event) => {
    const { key, shiftKey, metaKey, ctrlKey } = event;
    const choice = choices[picker.chosen.value];
    if (key === "Enter" && (metaKey || ctrlKey) && choice) void composer.pickAndSend(choice);
    else if (key === "Enter" && (metaKey || ctrlKey)) composer.send();
    else if (open && key === "ArrowDown") picker.chosen.value = (picker.chosen.value + 1) % choices.length;
    else if (open && key === "ArrowUp")
      picker.chosen.value = (picker.chosen.value - 1 + choices.length) % choices.length;
    else if (choice && key === "Enter") void composer.pick(choice, shiftKey);
    else if (choice?.kind === "article" && key === "Tab" && !shiftKey) picker.preview(choice.article);
    else if (open && key === "Escape") picker.dismiss();
    else if (key === "Escape") field.current?.blur();
    // In an empty field there is nothing else to undo.
    else if (key === "z" && (metaKey || ctrlKey) && text === "" && undo.run()) field.current?.focus();
    else return;
    event.preventDefault();
  });
  const onCaret = () => {
    if (field.current && document.activeElement === field.current) composer.moved(field.current.selectionStart);
  };

  return (
    <textarea
      id="writing"
      ref={field}
      class="writer-text"
      dir="auto"
      rows={3}
      aria-label={mode === "note" ? t.noteLabel(shortNameOf(conversation, t)) : t.sendTo(shortNameOf(conversation, t))}
      aria-autocomplete="list"
      aria-controls={open ? "picker" : undefined}
      aria-activedescendant={open ? `pick-${picker.chosen.value}` : undefined}
      placeholder={mode === "note" ? t.notePlaceholder : t.replyPlaceholder}
      value={text}
      onInput={(event) => composer.write(event.currentTarget.value, event.currentTarget.selectionStart)}
      onKeyDown={onKeyDown}
      onKeyUp={onCaret}
      onClick={onCaret}
    />
  );
}
