import { Icon } from "../../ui/icon.tsx";
import { bookOpen, chevronRight } from "../../ui/icons.ts";
import { en } from "../../ui/locales/en-more.ts";
import { useApp } from "../context.ts";
import nothingCss from "../styles/nothing.css?inline";

export const css = nothingCss;
export const sentences = en;

/** No article answers what was typed: why, and the way to all there are. */
export function View() {
  const { say, config, locale } = useApp();
  return (
    <>
      <p class="muted">{say("search.noneWhy")}</p>
      <ul class="rows">
        <li>
          <a
            class="row"
            href={`${config.host}/help/${config.options.site}?lang=${locale.value}`}
            target="_blank"
            rel="noopener"
          >
            <Icon d={bookOpen} size={18} />
            <span class="row-text row-title">{say("search.all")}</span>
            <Icon d={chevronRight} size={16} flip />
          </a>
        </li>
      </ul>
    </>
  );
}
