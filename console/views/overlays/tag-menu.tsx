import type { Conversation } from "../../../protocol/conversation.ts";
import { useApp, useSentences } from "../context.ts";
import { Chooser } from "./chooser.tsx";
import { Popover } from "./popover.tsx";

/** Its tags (T): choosing one adds it or takes it away. */
export function TagMenu({ conversation }: { conversation: Conversation }) {
  const { inbox, actions } = useApp();
  const t = useSentences();
  const has = conversation.tags ?? [];
  const all = [...new Set([...has, ...inbox.tags.value])];
  return (
    <Popover label={t.tagsOf}>
      <Chooser
        label={t.tagsOf}
        find={t.findTag}
        options={all.map((id) => ({ id, text: id, selected: has.includes(id) }))}
        onChoose={(id) => void actions.tag(has.includes(id) ? { remove: [id] } : { add: [id] })}
        make={t.makeTag}
        onMake={(tag) => void actions.tag({ add: [tag] })}
      />
    </Popover>
  );
}
