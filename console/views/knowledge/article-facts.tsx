import { Icon } from "../../../ui/icon.tsx";
import { externalLink, globe, lock } from "../../../ui/icons.ts";
import { languageName } from "../../models/languages.ts";
import { useApp, useSentences } from "../context.ts";
import { AreaField, Choice, TextField } from "../fields.tsx";
import { Delete } from "./delete.tsx";
import { HowItDoes } from "./how-it-does.tsx";
import { LearnedQuestions } from "./learned-questions.tsx";
import { RevisionList } from "./revision-list.tsx";

/** Who may read it, in which language, where it belongs, and what it answers. */
export function ArticleFacts() {
  const { editor, session, knowledge } = useApp();
  const t = useSentences();
  const text = editor.text.value;
  const saved = editor.saved.value;
  const locales = [...new Set([text.locale, ...(session.site.value?.locales ?? [])])].filter(Boolean);
  return (
    <aside class="side" aria-label={t.details}>
      <HowItDoes />
      <section class="form-grid">
        <Choice
          label={t.whoCanRead}
          visible
          options={[
            {
              id: "public",
              text: (
                <>
                  <Icon d={globe} size={16} />
                  {t.visibility.public}
                </>
              ),
            },
            {
              id: "internal",
              text: (
                <>
                  <Icon d={lock} size={16} />
                  {t.visibility.internal}
                </>
              ),
            },
          ]}
          value={text.visibility}
          onChange={(visibility) => editor.change({ visibility })}
        />
        <div>
          <label class="label" for="article-locale">
            {t.language}
          </label>
          <select
            id="article-locale"
            class="field"
            value={text.locale}
            onChange={(event) => editor.change({ locale: event.currentTarget.value })}
          >
            {locales.map((locale) => (
              <option value={locale} key={locale}>
                {languageName(locale)}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label class="label" for="article-category">
            {t.category}
          </label>
          <input
            id="article-category"
            class="field"
            list="categories"
            value={text.category}
            onInput={(event) => editor.change({ category: event.currentTarget.value })}
          />
          <datalist id="categories">
            {knowledge.categories.value.map((category) => (
              <option value={category} key={category} />
            ))}
          </datalist>
        </div>
      </section>
      <section class="form-grid">
        <TextField
          label={t.address}
          hint={t.addressHint}
          value={text.slug}
          onText={(slug) => editor.change({ slug })}
        />
        {saved?.url && saved.state === "published" && saved.visibility === "public" && (
          <a class="link inline" href={saved.url} target="_blank" rel="noopener noreferrer">
            <span class="clip">{saved.url.replace(/^https?:\/\/[^/]+/, "")}</span>
            <Icon d={externalLink} size={14} />
          </a>
        )}
      </section>
      <section class="form-grid">
        <AreaField
          label={t.pagesField}
          hint={t.pagesHint}
          mono
          value={text.pages}
          onText={(pages) => editor.change({ pages })}
        />
        <AreaField
          label={t.questionsField}
          hint={t.questionsHint}
          rows={4}
          value={text.questions}
          onText={(questions) => editor.change({ questions })}
        />
      </section>
      <LearnedQuestions />
      <RevisionList />
      {saved && (
        <section>
          <Delete key={saved.id} act={t.deleteArticle} sure={t.deleteSure} onDelete={() => void editor.remove()} />
        </section>
      )}
    </aside>
  );
}
