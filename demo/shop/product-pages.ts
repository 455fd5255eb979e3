import { CATALOGUE, type Product, price } from "./catalogue.ts";
import { escapeHtml, type ShopPage } from "./layout.ts";

const SHELVES = ["Boards", "Kits", "Parts", "Tools"] as const;

/** Everything on its shelf. */
export function productList(): ShopPage {
  const shelves = SHELVES.map(
    (shelf) => `<section class="shelf" aria-labelledby="${shelf.toLowerCase()}">
  <h2 id="${shelf.toLowerCase()}">${shelf}</h2>
  <ul class="grid">${CATALOGUE.filter((product) => product.shelf === shelf)
    .map(card)
    .join("")}</ul>
</section>`,
  );
  return {
    title: "Boards, kits, parts and tools",
    description: "Arduino boards, kits, sensors, lights and tools for people who build things.",
    main: `<div class="lead"><h1>Boards, kits, parts and tools</h1><p>We build with everything we sell. If something is not here, we did not like it.</p></div>${shelves.join("")}`,
  };
}

/** One product; nothing where no product bears that name. */
export function productPage(slug: string): ShopPage | undefined {
  const product = CATALOGUE.find((each) => each.slug === slug);
  if (!product) return undefined;
  const others = CATALOGUE.filter((each) => each.shelf === product.shelf && each !== product);
  return {
    title: product.name,
    description: product.line,
    main: `<nav class="crumbs" aria-label="You are here"><a href="/products">Shop</a><span aria-hidden="true">/</span><a href="/products#${product.shelf.toLowerCase()}">${product.shelf}</a></nav>
<article class="product">
  <div class="tile ${product.tint}"><img src="/pictures/${product.picture}.svg" alt="" width="480" height="360"></div>
  <div class="facts">
    <h1>${escapeHtml(product.name)}</h1>
    <p class="line">${escapeHtml(product.line)}</p>
    <p class="tag"><span class="price">${price(product.price)}</span> <span class="stock">${product.stock}</span></p>
    <button class="button" type="button" data-add="${product.slug}">Add to cart</button>
    <p>${escapeHtml(product.about)}</p>
    <ul class="points">${product.points.map((point) => `<li>${escapeHtml(point)}</li>`).join("")}</ul>
    <p class="note">Not sure whether it fits your project? <button class="link" type="button" data-ask="I have a question about the ${escapeHtml(product.name)}: ">Ask us about it</button></p>
  </div>
</article>
${others.length === 0 ? "" : `<section class="shelf"><h2>Also on this shelf</h2><ul class="grid">${others.slice(0, 4).map(card).join("")}</ul></section>`}`,
  };
}

/** A product as it lies on a shelf. */
export function card(product: Product): string {
  return `<li class="card"><a href="/products/${product.slug}">
  <span class="tile ${product.tint}"><img src="/pictures/${product.picture}.svg" alt="" width="240" height="180" loading="lazy"></span>
  <span class="name">${escapeHtml(product.name)}</span><span class="line">${escapeHtml(product.line)}</span><span class="price">${price(product.price)}</span>
</a></li>`;
}
