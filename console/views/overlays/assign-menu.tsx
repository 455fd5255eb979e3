import { useRef } from "preact/hooks";
import type { Conversation } from "../../../protocol/conversation.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { useApp, useSentences } from "../context.ts";
import { Chooser } from "./chooser.tsx";
import { Popover } from "./popover.tsx";

/** Whose it shall be (A). Oneself comes first, and is chosen by Enter where nobody has it. */
export function AssignMenu({ conversation }: { conversation: Conversation }) {
  const { session, actions } = useApp();
  const t = useSentences();
  const me = session.agent.value?.id;
  // A colleague who takes it while one chooses has won (D13): it is not taken from them unseen.
  const was = useRef(conversation.assignee?.id ?? null);
  const people = session.colleagues.value.toSorted((a, b) => Number(b.id === me) - Number(a.id === me));
  return (
    <Popover label={t.assignTo}>
      <Chooser
        label={t.assignTo}
        find={t.findTeammate}
        begin={was.current ?? me}
        options={[
          ...people.map(({ id, name, avatar }) => ({
            id: id as string,
            text: name,
            before: <Avatar name={name} avatar={avatar} size={20} />,
            hint: id === me ? t.you : undefined,
            selected: conversation.assignee?.id === id,
          })),
          { id: "", text: t.nobody, selected: conversation.assignee === undefined },
        ]}
        onChoose={(id) => void actions.assign(id || null, was.current)}
      />
    </Popover>
  );
}
