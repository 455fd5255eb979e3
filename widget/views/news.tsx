import { Icon } from "../../ui/icon.tsx";
import { arrowDown } from "../../ui/icons.ts";
import { useApp } from "../context.ts";
import newsCss from "../styles/news.css?inline";

export const css = newsCss;

/** Says that something came below what is being read, and leads there. */
export function View({ toEnd }: { toEnd(): void }) {
  const { say } = useApp();
  const follow = ({ currentTarget }: { currentTarget: Element }) => {
    currentTarget.closest(".panel")?.querySelector<HTMLElement>(".panel-body")?.focus();
    toEnd();
  };
  return (
    <div class="new-place">
      <button type="button" class="new-pill" onClick={follow}>
        <Icon d={arrowDown} size={16} />
        {say("msg.new")}
      </button>
    </div>
  );
}
