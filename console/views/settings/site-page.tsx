import { useSignal } from "@preact/signals";
import { fault } from "../../../protocol/faults.ts";
import { lines } from "../../models/article-text.ts";
import { originOf } from "../../models/origin.ts";
import type { Site } from "../../resources.ts";
import { whyOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";
import { AreaField, TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { FailedLine } from "../nowhere.tsx";
import { AddSite } from "./add-site.tsx";
import { CopyButton } from "./copy-button.tsx";
import { FilesField } from "./files-field.tsx";
import { FormFoot } from "./form-foot.tsx";
import { HelpHost, hostIn } from "./help-host.tsx";
import { LanguagesField, type LanguagesTyped, withTyped } from "./languages-field.tsx";
import { SiteSecret } from "./site-secret.tsx";

/** What visitors see, and where they may see it. */
export function SitePage() {
  const { settings } = useApp();
  const t = useSentences();
  const site = settings.site.value.value;
  const fault = settings.site.fault.value;
  return (
    <div class="settings">
      <h1>{t.siteTitle}</h1>
      <p>{t.siteLead}</p>
      <FailedLine fault={fault} again={settings.site.fetch} />
      {site ? <SiteForm site={site} key={site.id} /> : !fault && <p class="muted">{t.loading}</p>}
    </div>
  );
}

function SiteForm({ site }: { site: Site }) {
  const { settings, toasts, session, locale } = useApp();
  const t = useSentences();
  const name = useSignal(site.name);
  const origins = useSignal(site.origins.join("\n"));
  const languages = useSignal<LanguagesTyped>({ tags: site.locales, text: "" });
  const helpHost = useSignal(site.helpHost ?? "");
  const files = useSignal(site.files ?? { types: [], megabytes: 10 });
  const form = useForm(
    async () => {
      languages.value = withTyped(languages.value, locale.value);
      const { tags, text, wrong } = languages.value;
      if (wrong) return fault("invalid", text.trim(), { field: "language" });
      const refused = await settings.changeSite({
        name: name.value.trim(),
        origins: lines(origins.value).map(originOf),
        locales: [...tags],
        files: files.value,
        helpHost: hostIn(helpHost.value),
      });
      if (!refused) toasts.show((t) => t.saved);
      return refused;
    },
    (fault, t) => {
      if (fault.field === "language") return t.languageUnknown(fault.message);
      return (fault.field === "helpHost" ? t.helpHostWrong : t.failed)(whyOf(fault, t));
    },
  );
  return (
    <>
      <form class="form-grid" onSubmit={form.submit}>
        <TextField label={t.siteName} required value={name.value} onText={(text) => (name.value = text)} />
        <AreaField
          label={t.origins}
          hint={t.originsHint}
          mono
          value={origins.value}
          onText={(text) => (origins.value = text)}
        />
        <LanguagesField typed={languages} />
        <FilesField value={files.value} onChange={(chosen) => (files.value = chosen)} />
        <HelpHost
          site={site}
          value={helpHost.value}
          onText={(text) => {
            helpHost.value = text;
          }}
        />
        <FormFoot form={form} />
      </form>
      <h2>{t.siteKey}</h2>
      <p class="secret">
        <code class="clip">{site.key}</code>
        <CopyButton text={site.key} />
      </p>
      {site.secret && <SiteSecret secret={site.secret} formerSecretUntil={site.formerSecretUntil} />}
      {session.agent.value?.role !== "agent" && <AddSite />}
    </>
  );
}
