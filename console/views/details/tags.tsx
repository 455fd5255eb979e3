import type { Conversation } from "../../../protocol/conversation.ts";
import { Icon } from "../../../ui/icon.tsx";
import { plus, x } from "../../../ui/icons.ts";
import { useApp, useSentences } from "../context.ts";

/** Its tags; each can be taken away here. */
export function Tags({ conversation }: { conversation: Conversation }) {
  const { actions, overlays } = useApp();
  const t = useSentences();
  return (
    <section>
      <h3>{t.tagsOf}</h3>
      <div class="tags">
        {conversation.tags?.map((tag) => (
          <span class="badge tag-badge" key={tag}>
            <span class="clip">{tag}</span>
            <button type="button" aria-label={t.removeTag(tag)} onClick={() => void actions.tag({ remove: [tag] })}>
              <Icon d={x} size={12} />
            </button>
          </span>
        ))}
        <button type="button" class="badge badge-line" onClick={() => overlays.show("tag")}>
          <Icon d={plus} size={12} />
          {t.addTag}
        </button>
      </div>
    </section>
  );
}
