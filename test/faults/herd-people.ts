import { setTimeout as sleep } from "node:timers/promises";
import { io } from "socket.io-client";
import { SHOP } from "./stage.ts";

/*
 * So many visitors that only listen, in a process of their own: `fork` it with an address, a site's key and how many, and
 * it says again and again how many of them are greeted. In the process of those who talk they would hold these up.
 */

const AT_ONCE = 100;
const TELL_EVERY_MS = 50;

const [url = "", site = "", wanted = "0"] = process.argv.slice(2);
let greeted = 0;

function comes(): void {
  let token: string | undefined;
  let up = false;
  const socket = io(`${url}/visitor`, {
    auth: (give) => give({ v: 1, site, ...(token && { token }) }),
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 200,
    reconnectionDelayMax: 2_000,
    extraHeaders: { origin: SHOP },
  });
  socket.on("hello", (hello: { token?: string }) => {
    if (!up) greeted += 1;
    up = true;
    token ??= hello.token;
  });
  socket.on("disconnect", () => {
    if (up) greeted -= 1;
    up = false;
  });
}

setInterval(() => process.send?.(greeted), TELL_EVERY_MS);
process.once("disconnect", () => process.exit());
for (let count = 0; count < Number(wanted); count++) {
  comes();
  while (count - greeted > AT_ONCE) await sleep(TELL_EVERY_MS);
}
