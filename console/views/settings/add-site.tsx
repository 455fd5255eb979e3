import { useSignal } from "@preact/signals";
import { originOf } from "../../models/origin.ts";
import { useApp, useSentences } from "../context.ts";
import { TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { Wrong } from "../wrong.tsx";

/** Another website with a widget of its own. */
export function AddSite() {
  const { settings, router } = useApp();
  const t = useSentences();
  const open = useSignal(false);
  const name = useSignal("");
  const address = useSignal("");
  const form = useForm(async () => {
    const fault = await settings.addSite({ name: name.value.trim(), origins: [originOf(address.value)] });
    if (!fault) router.go({ page: "settings", section: "install" });
    return fault;
  });
  if (!open.value)
    return (
      <p class="settings-more">
        <button type="button" class="btn btn-secondary" onClick={() => (open.value = true)}>
          {t.addSite}
        </button>
      </p>
    );
  return (
    <>
      <h2>{t.addSite}</h2>
      <form class="form-row" onSubmit={form.submit}>
        <TextField label={t.websiteName} required value={name.value} onText={(text) => (name.value = text)} />
        <TextField label={t.websiteAddress} required value={address.value} onText={(text) => (address.value = text)} />
        <Wrong say={form.wrong} />
        <p>
          <button type="submit" class="btn btn-primary" disabled={form.busy}>
            {t.addSite}
          </button>
        </p>
      </form>
    </>
  );
}
