import type { ComponentChildren } from "preact";
import { useApp, useSentences } from "../context.ts";
import { Wrong } from "../wrong.tsx";

/** What is wrong with a form, and its button. Agents see settings; owners and admins change them. */
export function FormFoot(props: {
  form: { readonly busy: boolean; readonly wrong: string | undefined };
  /** Nothing to save, or not like this. */
  idle?: boolean;
  /** One's own, which everybody may change. */
  own?: boolean;
  before?: ComponentChildren;
  /** After the button. */
  children?: ComponentChildren;
  class?: string;
}) {
  const { session } = useApp();
  const t = useSentences();
  const { form, idle = false, own = false, before, children } = props;
  const may = own || session.agent.value?.role !== "agent";
  return (
    <>
      <Wrong say={form.wrong} />
      <p class={props.class ?? "inline"}>
        {before}
        <button type="submit" class="btn btn-primary" disabled={form.busy || !may || idle}>
          {t.save}
        </button>
        {children}
      </p>
    </>
  );
}
