import { useId } from "preact/hooks";
import { directionOf } from "../../../ui/locale.ts";
import { nameFor, nameIn, namesWanted } from "../../models/knowledge-collection-names.ts";
import type { Collection } from "../../models/knowledge-collections.ts";
import { languageName } from "../../models/languages.ts";
import { useApp, useSentences } from "../context.ts";

/** A collection's name in each language, with a mark where there is none and what is shown there instead. */
export function CollectionNames({ collection }: { collection: Collection }) {
  const { session } = useApp();
  const t = useSentences();
  const wanted = namesWanted(collection, session.site.value?.locales ?? []);
  const missing = wanted.some((locale) => nameIn(collection, locale) === "");
  return (
    <fieldset class="course-names">
      <legend class="label">{t.collectionName}</legend>
      {wanted.map((locale) => (
        <Name key={locale} collection={collection} locale={locale} />
      ))}
      {missing && <p class="hint">{t.nameMissingHint}</p>}
    </fieldset>
  );
}

function Name({ collection, locale }: { collection: Collection; locale: string }) {
  const { collections } = useApp();
  const t = useSentences();
  const id = useId();
  const name = nameIn(collection, locale);
  return (
    <>
      <label class="small" for={id}>
        <span lang={locale}>{languageName(locale)}</span>
        {name === "" && <span class="badge badge-warn">{t.nameMissing}</span>}
      </label>
      <input
        id={id}
        class="field"
        maxLength={200}
        lang={locale}
        dir={directionOf(locale)}
        placeholder={nameFor(collection, locale)}
        value={name}
        onInput={(event) => collections.edit({ type: "name", locale, name: event.currentTarget.value })}
      />
    </>
  );
}
