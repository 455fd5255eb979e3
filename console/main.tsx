import { render } from "preact";
import { io } from "socket.io-client";
import { backOff } from "../protocol/back-off.ts";
import type { AgentCommand } from "../protocol/command.ts";
import type { Fault } from "../protocol/fault.ts";
import type { AgentHello } from "../protocol/hello.ts";
import { createLink, type Emitter } from "../protocol/link.ts";
import { PROTOCOL_VERSION } from "../protocol/version.ts";
import { createAddress } from "./address.ts";
import { createBell } from "./bell.ts";
import { createEntrance } from "./entrance.ts";
import { createHttp, createReach } from "./http.ts";
import { createPages } from "./pages.ts";
import type { Line, Since } from "./ports.ts";
import { openShelf } from "./shelf.ts";
import { openTabs } from "./tabs.ts";
import { createUpload } from "./upload.ts";
import { Console } from "./views/console.tsx";
import "./styles/index.css";

const RECONNECT_AFTER_MS = 1_000;
/** A handshake that takes longer is lost on a line that carries one way only. */
const CONNECT_WITHIN_MS = 6_000;

/** The one place that knows Socket.IO. The session cookie goes along with the handshake. */
function createLine(): Line {
  let since: () => Since = () => ({});
  let away = () => false;
  let wanted = false;
  let epoch: string | undefined;
  /** The server asked for patience until then. */
  let notBefore = 0;
  const socket = io("/agent", {
    autoConnect: false,
    transports: ["websocket", "polling"],
    timeout: CONNECT_WITHIN_MS,
    auth: (answer) =>
      answer({ v: PROTOCOL_VERSION, since: since(), away: away(), ...(epoch !== undefined && { epoch }) }),
  });
  socket.on("hello", (hello: AgentHello) => {
    epoch = hello.epoch;
  });
  const again = (afterMs = RECONNECT_AFTER_MS) => {
    const ms = afterMs + backOff(0, RECONNECT_AFTER_MS, RECONNECT_AFTER_MS);
    notBefore = performance.now() + ms;
    setTimeout(() => wanted && socket.connect(), ms);
  };
  // It would try a WebSocket for ever where none gets through. Begun by long polling, a line becomes one where it can.
  socket.on("connect_error", () => socket.active && socket.io.opts.transports?.reverse());
  // Socket.IO does not come back by itself where the server hung up or refused.
  socket.on("disconnect", (reason) => reason === "io server disconnect" && again());
  socket.on("connect_error", ({ data }: Error & { data?: Fault }) => {
    if (!socket.active && data?.retry === "after") again(data.afterMs);
  });
  // A closed laptop or a new network: do not wait for the next attempt.
  const wake = () => wanted && !socket.connected && performance.now() >= notBefore && socket.connect();
  window.addEventListener("online", wake);
  window.addEventListener("focus", wake);
  return {
    // Socket.IO types its listeners with `any`, the link with `never`.
    link: createLink<AgentCommand, AgentHello>(socket as unknown as Emitter),
    connect(from, gone) {
      since = from;
      away = gone;
      wanted = true;
      socket.connect();
    },
    again() {
      if (wanted) socket.disconnect().connect();
    },
    disconnect() {
      wanted = false;
      socket.disconnect();
    },
  };
}

function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

const call: typeof fetch = (input, init) => window.fetch(input, init);
const entrance = createEntrance(createLine(), {
  http: createHttp(call),
  upload: createUpload(call),
  reach: createReach(call),
  shelf: await openShelf(storage()),
  pages: createPages(new BroadcastChannel("deskbell.console")),
  tabs: openTabs,
  address: createAddress(window),
  bell: createBell(),
  languages: navigator.languages,
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  entrance.app.peek()?.threads.wake();
  entrance.app.peek()?.outbox.wake();
});
const root = document.getElementById("console");
if (root) render(<Console entrance={entrance} />, root);
