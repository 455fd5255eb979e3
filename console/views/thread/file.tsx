import type { FileCard } from "../../../protocol/event.ts";
import { FileName } from "../../../ui/file-name.tsx";
import { fileSize } from "../../../ui/file-size.ts";
import { Icon } from "../../../ui/icon.tsx";
import { fileText } from "../../../ui/icons.ts";
import { download } from "../../../ui/icons-files.ts";
import { useApp } from "../context.ts";

/** As wide as pictures stand in a thread, and as high at most, px. */
const WIDE = 320;
const HIGH = 320;

/** What hangs on a message: pictures at the size they will have, the rest as cards that say what they are. */
export function Files({ files }: { files: readonly FileCard[] }) {
  const { locale } = useApp();
  return (
    <>
      {files.map(({ id, name, size, url, width, height }) => {
        const href = here(url);
        if (width && height) {
          const fit = fitted(width, height);
          return (
            <a
              class="attachment"
              style={{ inlineSize: `${fit.width}px` }}
              href={href}
              target="_blank"
              rel="noopener noreferrer"
              key={id}
              title={name}
            >
              <img src={href} alt={name} {...fit} loading="lazy" decoding="async" />
            </a>
          );
        }
        return (
          <a class="article-card file-card" href={href} download={name} key={id}>
            <Icon d={fileText} size={18} />
            <span class="row-text shrink">
              <FileName name={name} />
              <span class="small muted">
                {kindOf(name)} · {fileSize(size, locale.value)}
              </span>
            </span>
            <Icon d={download} size={16} />
          </a>
        );
      })}
    </>
  );
}

/** By the address that this page came from: the server may have been called otherwise when it was sent. */
function here(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

/** The room it will take, before it has come. */
function fitted(width: number, height: number) {
  const scale = Math.min(1, WIDE / width, HIGH / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** "PDF": by the end of its name, which the server made fit its content. */
function kindOf(name: string): string {
  return (/\.(\w{1,5})$/.exec(name)?.[1] ?? "").toUpperCase();
}
