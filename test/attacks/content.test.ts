import { Window } from "happy-dom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RichText, TEXT_LIMIT } from "../../protocol/index.ts";
import { renderMarkdown } from "../../server/desk/markdown/markdown.ts";
import { mintId } from "../../server/store/ids.ts";
import { SHOP } from "../support/desk.ts";
import { openTarget, type Target } from "./target.ts";

/* What people write, as it leaves the server: text stays text. That nothing of it runs is tried in browsers, beside this. */

let target: Target;
beforeAll(async () => {
  target = await openTarget({ DESKBELL_LIMITS: "off" });
});
afterAll(() => target.close());

const MARKUP = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  '"><iframe srcdoc="<script>alert(1)</script>">',
  "<math><mtext></table><mglyph><style><!--</style><img title='--><img src onerror=alert(1)>'>",
  "{{constructor.constructor('alert(1)')()}}",
  "$" + "{alert(1)} #{alert(1)} <%= alert(1) %>",
  "javascript:alert(1)",
  "\u202egnp.exe\u202c \u200b\u200d\ufeff",
  `e${"\u0301".repeat(5_000)}`,
];

const article = async (body: string, title = "An article") => {
  const asked = { title, body, locale: "en", visibility: "public", state: "published" };
  const made = await target.ask("POST", `/api/sites/${target.shop.id}/articles`, {
    as: target.ownerCookie,
    body: asked,
  });
  expect(made.status).toBe(201);
  const { id, slug } = made.body;
  const path = `/api/widget/${target.shop.publicKey}/articles/${id}`;
  const rich = (await target.ask("GET", path, { headers: { origin: SHOP } })).body.body as RichText;
  const page = (await target.ask("GET", `/help/${target.shop.publicKey}/en/${slug}`)).text;
  expect(page).toContain("<article");
  return { rich, page };
};

describe("Markup", () => {
  test.each(MARKUP)(
    "%j in message, name, address of a page, title and custom field comes back as the text it is",
    async (text) => {
      const identity = await target.sign({
        sub: `s ${text}`.slice(0, 100),
        name: text.slice(0, 90),
        attributes: { plan: text.slice(0, 400) },
      });
      const base = `/api/widget/${target.shop.publicKey}`;
      const { body } = await target.ask("POST", `${base}/visitors`, { headers: { origin: SHOP }, body: { identity } });
      expect(body.visitor.name).toBe(text.slice(0, 90).trim());
      const conversation = mintId();
      const page = {
        url: `https://shop.example/?q=${encodeURIComponent(text.slice(0, 100))}`,
        title: text.slice(0, 200),
      };
      const post = { type: "post", conversation, id: mintId(), text, page };
      const sent = await target.ask("POST", `${base}/commands`, {
        headers: { origin: SHOP, "user-agent": "<b>x</b>" },
        as: body.token,
        body: post,
      });
      expect(sent.body.event.text).toBe(text);
      const seen = await target.ask("GET", `/api/conversations/${conversation}/events?stream=talk&after=0`, {
        as: target.ownerCookie,
      });
      expect(seen.body.events[0]?.text).toBe(text);
      for (const { headers } of [sent, seen]) {
        expect(headers["content-type"]).toMatch(/^application\/json/);
        expect(headers["x-content-type-options"]).toBe("nosniff");
        expect(headers["content-security-policy"]).toContain("default-src 'none'");
      }
    },
  );
});

describe("Markdown", () => {
  const HOSTILE = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript&colon;alert(1))",
    "[x](%6Aavascript:alert(1))",
    "[x]( \u0001javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example/\\@shop.example)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](x"onerror="alert(1))',
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<a href=javascript:alert(1)>x</a>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<details open ontoggle=alert(1)>x</details>",
    "<style>*{display:none}</style>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "```html\n<script>alert(1)</script>\n```",
    "`<img src=x onerror=alert(1)>`",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "# <svg/onload=alert(1)>",
    ...MARKUP.slice(0, 8),
  ];

  test.each(HOSTILE)(
    "%j becomes no address but http, https, mailto and tel, and no element of its own",
    async (body) => {
      const { rich, page } = await article(body, `A ${body.slice(0, 150)}`);
      for (const address of addressesIn(rich)) {
        expect(address).toMatch(/^(https?:\/\/|mailto:|tel:|\/|#)/i);
      }
      assertInert(page);
    },
  );

  test("that other parsers take quadratic time for is done within 50 ms of its thread's time", () => {
    const parts = "[|![|[[a](|*a |_a_|**a|`|``a`|<|<!--|&|> |- |#|\\|~~|(|[a](<|[a]: |https://|<a>|</a>|<b>|\t".split(
      "|",
    );
    const bombs = [...parts, "| ", "|-"].map((part) => part.repeat(TEXT_LIMIT / part.length));
    renderMarkdown("warm *up* [x](https://a.example)".repeat(300));
    for (const bomb of bombs) {
      let least = Number.POSITIVE_INFINITY;
      // Until it is compiled: the first times say how soon a busy machine got to that.
      for (let n = 0; n < 20 && least >= 50; n++) {
        const began = process.threadCpuUsage();
        renderMarkdown(bomb);
        least = Math.min(least, process.threadCpuUsage(began).user / 1_000);
      }
      expect([bomb.slice(0, 8), least < 50 ? "quick" : least]).toEqual([bomb.slice(0, 8), "quick"]);
    }
  });
});

test("What is searched for on the help pages is shown as text", async () => {
  for (const text of MARKUP.slice(0, 7)) {
    const path = `/help/${target.shop.publicKey}/en/?q=${encodeURIComponent(text)}`;
    const { text: page, headers } = await target.ask("GET", path.replace("/?", "?"));
    expect(page).toContain("<html");
    if (text.includes("<")) expect(page).not.toContain(text);
    expect(headers["content-security-policy"]).toMatch(/script-src 'self'(;|$)/);
  }
});

/** A page as a browser reads it: nothing in it runs but our own files, and every address is harmless. */
function assertInert(page: string): void {
  const window = new Window({ settings: { disableJavaScriptFileLoading: true, disableCSSFileLoading: true } });
  const { documentElement } = new window.DOMParser().parseFromString(page, "text/html");
  for (const element of documentElement.querySelectorAll("*")) {
    const { tagName } = element;
    expect(tagName).not.toMatch(/^(iframe|object|embed|base|style|math)$/i);
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on|^srcdoc$/i);
      if (/^(href|src|action|formaction|xlink:href)$/i.test(name) && !/^link$/i.test(tagName)) {
        expect(value).toMatch(/^(https?:\/\/|mailto:|tel:|\/|#|\?)/i);
      }
    }
    if (/^script$/i.test(tagName) && element.getAttribute("type") !== "application/ld+json") {
      expect(element.textContent).toBe("");
      expect(element.getAttribute("src")).toMatch(/^\/(?!\/)/);
    }
    if (/^meta$/i.test(tagName)) expect(element.hasAttribute("http-equiv")).toBe(false);
  }
  window.happyDOM.abort();
}

/** Every address that a reader's browser would be led to. */
function addressesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(addressesIn);
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    typeof value === "string" && /^(href|url|src)$/.test(name) ? [value] : addressesIn(value),
  );
}
