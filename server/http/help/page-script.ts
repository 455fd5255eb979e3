import { createHash } from "node:crypto";

/*
 * The one script of the help pages, which all work without it. "Ask us" opens the widget: that offer is hidden until
 * there is a script that can keep it. Whoever came by a search and reads the article for a while has read it for that
 * question, which is told as the widget tells it, under the same session, kept from then on. Nothing is told or kept
 * where the browser says that its user wants none of that.
 */
export const PAGE_SCRIPT = `{
const { site, article, after } = document.currentScript.dataset;
for (const offer of document.querySelectorAll("[data-ask]")) {
  offer.hidden = false;
  offer.querySelector("button")?.addEventListener("click", () => window.Deskbell?.open());
}
const q = new URLSearchParams(location.search).get("q");
const quiet = navigator.globalPrivacyControl || navigator.doNotTrack === "1";
if (article && q && !quiet) {
  const name = "deskbell:" + site + ":session";
  const mint = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  let known;
  const session = () => {
    try {
      known ??= JSON.parse(localStorage.getItem(name)) ?? mint();
      localStorage.setItem(name, JSON.stringify(known));
    } catch {
      known ??= mint();
    }
    return known;
  };
  let left = Number(after);
  const timer = setInterval(() => {
    if (document.visibilityState !== "visible" || --left > 0) return;
    clearInterval(timer);
    fetch("/api/widget/" + site + "/articles/" + article + "/reading", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ q: q.slice(0, 1000), session: session() }),
      keepalive: true,
    }).catch(() => {});
  }, 1000);
  document.querySelector(".help-ask")?.addEventListener("submit", (event) => {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "session", value: session() });
    event.currentTarget.append(field);
  });
}
}
`;

export const PAGE_SCRIPT_HASH = createHash("sha256").update(PAGE_SCRIPT).digest("base64url").slice(0, 10);
