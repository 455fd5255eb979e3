import { Icon } from "../../../ui/icon.tsx";
import { externalLink } from "../../../ui/icons.ts";
import type { Site } from "../../resources.ts";
import { useSentences } from "../context.ts";
import { TextField } from "../fields.tsx";
import { CopyButton } from "./copy-button.tsx";

/** Where this server listens unless it was told otherwise. */
const LISTENS = "127.0.0.1:3000";

/** Where the help centre stands: below our own address, and on a host name of the owner's. What that takes is said here. */
export function HelpHost(props: { site: Site; value: string; onText: (host: string) => void }) {
  const t = useSentences();
  const { site, value } = props;
  const host = hostIn(value);
  const record = host && `${host}.  CNAME  ${location.hostname}.`;
  const proxy = host && `${host} {\n  reverse_proxy ${LISTENS}\n}`;
  return (
    <div class="help-host">
      <TextField label={t.helpHost} hint={t.helpHostHint} value={value} onText={props.onText} />
      {record && proxy && (
        <details class="help-host-how">
          <summary>{t.helpHostHow}</summary>
          <p class="small">{t.helpHostDns}</p>
          <p class="secret">
            <code class="clip">{record}</code>
            <CopyButton text={record} />
          </p>
          <p class="small">{t.helpHostProxy}</p>
          <p class="secret">
            <code class="help-host-proxy">{proxy}</code>
            <CopyButton text={proxy} />
          </p>
        </details>
      )}
      <p>
        <a
          class="link inline"
          href={site.helpHost ? `https://${site.helpHost}/` : `/help/${site.key}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t.openHelpCentre}
          <Icon d={externalLink} size={14} />
        </a>
      </p>
    </div>
  );
}

/** The host in what people paste: an address is as good. */
export function hostIn(text: string): string {
  const bare = text.trim().replace(/^https?:\/\//i, "");
  return bare.replace(/\/.*$/, "").toLowerCase();
}
