import { chevronLeft } from "../../../ui/icons.ts";
import { useApp, useSentences } from "../context.ts";
import { Field } from "../fields.tsx";
import { takeFocus } from "../focus.ts";
import { useForm } from "../form.ts";
import { IconButton } from "../tip.tsx";

/** A collection that is not there yet: with a name it will be. */
export function NewCollection() {
  const { collections, router } = useApp();
  const t = useSentences();
  const name = collections.begun.value;
  const form = useForm(collections.create);
  return (
    <main class="page-main page-alone">
      <header class="bar bar-back">
        <IconButton icon={chevronLeft} label={t.backToCollections} onClick={() => router.go({ page: "collections" })} />
        <h1 class="bar-title">{t.newCollection}</h1>
      </header>
      <form class="shelves form-grid" onSubmit={form.submit}>
        <Field label={t.collectionName} wrong={form.wrong}>
          {(field) => (
            <input
              {...field}
              class="field"
              maxLength={200}
              dir="auto"
              value={name}
              ref={takeFocus}
              onInput={(event) => collections.begin(event.currentTarget.value)}
            />
          )}
        </Field>
        <p>
          <button type="submit" class="btn btn-primary" disabled={form.busy || name.trim() === ""}>
            {t.createCollection}
          </button>
        </p>
      </form>
    </main>
  );
}
