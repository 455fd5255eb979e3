import typing from "../../ui/styles/typing.css?inline";
import { useApp, useDesk } from "../context.ts";

export { createTyping } from "../models/typing.ts";

export const css = typing;

/** That the agent of the conversation in view types. */
export function View() {
  const { say } = useApp();
  const typist = useDesk().typist.value;
  if (!typist) return null;
  return (
    <li class="msg is-in">
      <span class="typing" role="img" aria-label={say("agent.typing", { name: typist.name || say("agent.someone") })}>
        <i />
        <i />
        <i />
      </span>
    </li>
  );
}
