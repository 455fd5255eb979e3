/** One page of the shop, before it is dressed. */
export interface ShopPage {
  title: string;
  description: string;
  main: string;
  language?: "en" | "zh-Hans";
}

const WORDS = {
  en: {
    name: "Finch & Ohm",
    skip: "Skip to the page",
    links: [
      ["/products", "Shop"],
      ["/orders", "Your order"],
      ["/delivery", "Delivery"],
      ["/contact", "Contact"],
    ],
    cart: "Cart",
    other: ["/zh/", "中文", "zh-Hans"],
    small:
      "A made-up shop that shows how a support widget sits on a page. Nothing here is for sale. Arduino is a trademark of Arduino SA, which has no part in it.",
  },
  "zh-Hans": {
    name: "雀与欧姆",
    skip: "跳到正文",
    links: [
      ["/zh/", "首页"],
      ["/products", "全部商品"],
      ["/orders", "我的订单"],
      ["/contact", "联系我们"],
    ],
    cart: "购物车",
    other: ["/", "English", "en"],
    small:
      "这是一家虚构的商店，用来展示客服插件在网页上的样子，并不出售任何商品。Arduino 是 Arduino SA 的商标，与本店无关。",
  },
} as const;

/** The whole document. `widget` is the one script tag that a site owner pastes. */
export function layout(page: ShopPage, path: string, widget: string): string {
  const language = page.language ?? "en";
  const words = WORDS[language];
  const link = ([href, text]: readonly [string, string]) =>
    `<a href="${href}"${href === path ? ' aria-current="page"' : ""}>${text}</a>`;
  return `<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
  <meta name="description" content="${escapeHtml(page.description)}">
  <meta name="color-scheme" content="light dark">
  <title>${escapeHtml(page.title)} · ${escapeHtml(words.name)}</title>
  <link rel="icon" href="/pictures/logo.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/shop.css">
  <script type="module" src="/shop.js"></script>
  ${widget}
</head>
<body>
  <a class="skip" href="#main">${words.skip}</a>
  <header class="top">
    <a class="brand" href="${language === "en" ? "/" : "/zh/"}"><img src="/pictures/logo.svg" alt="" width="36" height="36">${escapeHtml(words.name)}</a>
    <nav aria-label="${language === "en" ? "Main" : "主导航"}">${words.links.map(link).join("")}</nav>
    <a class="cart" href="/cart">${words.cart}<span class="count" data-cart-count hidden></span></a>
  </header>
  <main id="main">
${page.main}
  </main>
  <footer class="foot">
    <p><strong>${escapeHtml(words.name)}</strong> · 14 Tanner’s Yard · <a href="${words.other[0]}" lang="${words.other[2]}" hreflang="${words.other[2]}">${words.other[1]}</a></p>
    <p>${words.small}</p>
  </footer>
</body>
</html>
`;
}

/** Text made safe for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
