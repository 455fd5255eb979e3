import { createHash } from "node:crypto";

/** The look of the help pages: the house's tokens, as far as a page of text needs them. */
export const HELP_STYLE = `
:root { color-scheme: light dark; --bg: #fff; --raised: #f0f2f5; --line: #e3e7ec; --text: #16191d; --muted: #5b6470;
  --accent: #0a6370; --soft: #e3f0f1; --warn: #fff4d6; --danger: #fdecea; }
@media (prefers-color-scheme: dark) { :root { --bg: #15181c; --raised: #20252b; --line: #2c333b; --text: #edeff2;
  --muted: #a3acb8; --accent: #66c6d0; --soft: #12333a; --warn: #3a2f10; --danger: #40201d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 16px/26px system-ui, -apple-system, "Segoe UI",
  Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: break-word; }
:lang(zh-Hant) body, body:lang(zh-Hant) { font-family: system-ui, "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", sans-serif; }
header, main { max-inline-size: 760px; margin-inline: auto; padding-inline: 20px; }
header { padding-block: 16px; border-block-end: 1px solid var(--line); font-weight: 600; }
header a { color: inherit; text-decoration: none; }
main { padding-block: 32px 64px; }
nav, .meta { color: var(--muted); font-size: 14px; line-height: 20px; }
h1 { margin: 8px 0 4px; font-size: 32px; line-height: 40px; font-weight: 600; text-wrap: balance; }
h2, h3, h4, h5, h6 { margin: 32px 0 8px; font-size: 20px; line-height: 28px; font-weight: 600; scroll-margin-block-start: 16px; }
h3, h4, h5, h6 { margin-block-start: 24px; font-size: 16px; line-height: 24px; }
p, ul, ol, pre, blockquote, .table, .callout { margin: 12px 0; }
ul, ol { padding-inline-start: 28px; } li { margin-block: 4px; }
a { color: var(--accent); } a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
img { max-inline-size: 100%; block-size: auto; border-radius: 8px; }
code { padding: 1px 5px; border-radius: 5px; background: var(--raised); font: .875em ui-monospace, Menlo, Consolas, monospace; }
pre { overflow-x: auto; padding: 12px 16px; border-radius: 12px; background: var(--raised); line-height: 20px; }
pre code { padding: 0; background: none; font-size: 14px; }
blockquote { margin-inline: 0; padding-inline-start: 16px; border-inline-start: 3px solid var(--line); color: var(--muted); }
.callout { padding: 4px 16px; border-radius: 12px; background: var(--soft); }
.callout.warning { background: var(--warn); } .callout.danger { background: var(--danger); }
.table { overflow-x: auto; } table { border-collapse: collapse; font-size: 14px; line-height: 20px; }
th, td { padding: 8px 12px; border: 1px solid var(--line); text-align: start; vertical-align: top; }
th { background: var(--raised); font-weight: 600; } .center { text-align: center; } .end { text-align: end; }
hr { margin: 24px 0; border: 0; border-block-start: 1px solid var(--line); }
.shelf { padding: 0; list-style: none; columns: 2 300px; column-gap: 32px; } .shelf li { break-inside: avoid; margin: 0 0 8px; }
`;

/** Pages of text: no script at all, this one style, images from anywhere. */
export const HELP_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(HELP_STYLE).digest("base64")}'`,
  "img-src https: http: data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
