/*
 * What a site's settings mean to a browser's file picker. The server looks into the file itself; this only spares people
 * a wait for a refusal.
 */

export interface FileLimits {
  types: readonly string[];
  megabytes: number;
}

const ENDINGS: Readonly<Record<string, string>> = {
  image: "image/jpeg,image/png,image/gif,image/webp,image/avif",
  pdf: ".pdf",
  text: ".txt,.csv,.tsv,.md,.log,.json,.xml,.html,.svg,.ics,.vcf,.yaml,.yml,.eml,.har",
  office: ".doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.rtf",
  archive: ".zip,.gz,.tgz,.7z,.tar",
  audio: "audio/*,.mp3,.ogg,.m4a,.wav,.flac,.opus",
  video: "video/mp4,video/webm,video/quicktime",
};

/** For `accept` of a file field. */
export function accepts({ types }: FileLimits): string {
  return types.flatMap((type) => ENDINGS[type] ?? []).join(",");
}

/** Whether the server can only refuse it. Where that is not sure, it may be tried: the server decides by the content. */
export function surelyRefused({ types }: FileLimits, { type, name }: { type: string; name: string }): boolean {
  if (/^image\/hei[cf]/.test(type) || /\.(exe|msi|dll|app|dmg|apk|heic|heif)$/i.test(name)) return true;
  const [kind] = type.split("/", 1);
  return ["image", "audio", "video"].some(
    (group) => kind === group && !types.includes(group) && type !== "image/svg+xml",
  );
}
