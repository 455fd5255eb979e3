import { Icon } from "../../ui/icon.tsx";
import { chevronRight } from "../../ui/icons.ts";
import { useApp } from "../context.ts";
import stepsCss from "../styles/steps.css?inline";

export const css = stepsCss;

/** The owner's first steps: articles in the order in which they should be read. */
export function View() {
  const { site, place } = useApp();
  const { name, articles } = site.config.value?.firstSteps ?? {};
  return (
    <>
      <h2 class="section-label" dir="auto">
        {name}
      </h2>
      <ol class="rows steps">
        {articles?.map(({ id, title, locale }) => (
          <li key={id}>
            <button type="button" class="row" lang={locale} onClick={() => place.go({ view: "article", id })}>
              <span class="row-text row-title">{title}</span>
              <Icon d={chevronRight} size={16} flip />
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
