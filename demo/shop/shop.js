// The shop's own script: a cart kept in this browser, an order to look at, and buttons that open the widget.

const CART = "finch-and-ohm.cart";
const find = (selector) => document.querySelector(selector);
const read = () => JSON.parse(localStorage.getItem(CART) ?? "{}");
const euro = (cents) => `€${(cents / 100).toFixed(2)}`;

function write(cart) {
  localStorage.setItem(CART, JSON.stringify(cart));
  count();
}

function count() {
  const badge = find("[data-cart-count]");
  const items = Object.values(read()).reduce((sum, n) => sum + n, 0);
  badge.textContent = String(items);
  badge.hidden = items === 0;
}

async function drawCart() {
  const rows = find("[data-cart-rows]");
  if (!rows) return;
  const products = await (await fetch("/catalogue.json")).json();
  const cart = read();
  const chosen = products.filter((product) => cart[product.slug]);
  find("[data-cart]").hidden = chosen.length === 0;
  find("[data-cart-empty]").hidden = chosen.length > 0;
  find("[data-cart-sum]").textContent = euro(chosen.reduce((sum, each) => sum + each.price * cart[each.slug], 0));
  rows.replaceChildren(
    ...chosen.map((product) => {
      const row = document.createElement("tr");
      const name = document.createElement("th");
      name.scope = "row";
      name.textContent = product.name;
      const drop = document.createElement("button");
      drop.className = "link";
      drop.type = "button";
      drop.dataset.drop = product.slug;
      drop.textContent = "Remove";
      drop.setAttribute("aria-label", `Remove ${product.name}`);
      const cells = [String(cart[product.slug]), euro(product.price * cart[product.slug])].map((text) => {
        const cell = document.createElement("td");
        cell.textContent = text;
        return cell;
      });
      cells[1].className = "num";
      const last = document.createElement("td");
      last.className = "num";
      last.append(drop);
      row.append(name, ...cells, last);
      return row;
    }),
  );
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  const { add, drop, ask } = button.dataset;
  if (add) {
    const cart = read();
    write({ ...cart, [add]: (cart[add] ?? 0) + 1 });
    button.textContent = "In your cart";
  }
  if (drop) {
    const { [drop]: _, ...cart } = read();
    write(cart);
    drawCart();
  }
  if (ask !== undefined && window.Deskbell) {
    if (ask) window.Deskbell("prefill", ask);
    window.Deskbell("open");
  }
  if (button.matches("[data-pay]")) find("[data-pay-note]").textContent = "This is a demo: nothing is for sale.";
});

find("[data-order-form]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const known = /^\s*(fo-?)?10482\s*$/i.test(new FormData(event.target).get("number"));
  find("[data-order]").hidden = !known;
  find("[data-order-note]").textContent = known ? "" : "We have no order with that number. It looks like FO-10482.";
});

count();
drawCart();
