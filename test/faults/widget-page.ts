import type { ConversationId, VisitorCommand, VisitorHello } from "../../protocol/index.ts";
import { createLink, type Emitter } from "../../protocol/link.ts";
import { mintId } from "../../server/store/ids.ts";
import type { Log } from "../../widget/models/log.ts";
import { createOutbox } from "../../widget/models/outbox.ts";
import { createSession, type Line } from "../../widget/models/session.ts";
import { createStorage } from "../../widget/storage.ts";
import { createClient } from "../../widget/wire/client.ts";
import { type Open, openWebSocket } from "../../widget/wire/transport.ts";
import { createLocalStorage } from "./browser.ts";
import type { History } from "./history.ts";
import type { StageSite } from "./stage.ts";
import type { Watched } from "./visitor.ts";

/* A visitor with the widget's own storage, session, outbox and line, of whom only what they send is looked at. */

export interface WidgetVisitor extends Watched {
  write(text: string): void;
  /** The page is gone in the middle of whatever it did, and another one comes. */
  reload(): void;
  close(): void;
}

export function createWidgetVisitor(parts: {
  name: string;
  url: string;
  site: StageSite;
  history: History;
}): WidgetVisitor {
  const { name, site, history } = parts;
  const browser = createLocalStorage();
  const ids = new Set<string>();
  let current = mintId<ConversationId>();
  let page = open();

  function open() {
    const storage = createStorage(site.key, true, browser);
    const session = createSession({
      host: parts.url,
      site: site.key,
      storage,
      connect,
      since: () => ({}),
      epoch: () => undefined,
      renew: async () => undefined,
      failed: (error) => void history.doubts.push({ rule: "D16", person: name, says: String(error) }),
    });
    const outbox = createOutbox({
      storage,
      log: { place() {} } as unknown as Log,
      tabs: () => undefined,
      link: () => session.link,
      adopted(from, to) {
        if (current === from) current = to as ConversationId;
      },
      again: () => session.again(),
      sent() {},
    });
    session.onHello(({ visitor }) => {
      ids.add(visitor.id);
      void outbox.flush();
    });
    session.start();
    return { session, outbox };
  }

  function connect(host: string, auth: () => object, failed: (error: unknown) => void): Line {
    // Two ways at least, as the widget has: in vain by one, it tries the next.
    const ways = [fromPage(site.origin), fromPage(site.origin)];
    const client = createClient(host, "/visitor", () => ({ v: 1, ...auth() }), ways, failed);
    const link = createLink<VisitorCommand, VisitorHello>(client as unknown as Emitter);
    const send = async (command: VisitorCommand) => {
      // What is written is sent in the same breath, and noted right after it.
      await undefined;
      const op = history.invoke(name, command);
      const reply = await link.send(command);
      history.settle(op, reply);
      return reply;
    };
    const again = () => {
      client.close();
      client.open();
    };
    return { link: Object.create(link, { send: { value: send } }), open: client.open, again, close: client.close };
  }

  const close = () => {
    page.outbox.dispose();
    page.session.dispose();
  };

  return {
    name,
    ids,
    tabs: [],
    get unsent() {
      return page.outbox.waiting().map(({ post: { id, conversation, text } }) => ({ id, conversation, text }));
    },
    write(text) {
      const { post } = page.outbox.send({ conversation: current, text });
      history.write({ person: name, id: post.id, type: "post", text, conversation: current });
    },
    reload() {
      close();
      page = open();
    },
    close,
  };
}

/** Node's own WebSocket says where it comes from as a page would. */
function fromPage(origin: string): Open {
  return (host, to) => {
    const browsers = globalThis.WebSocket;
    globalThis.WebSocket = class extends browsers {
      constructor(url: string | URL) {
        super(url, { headers: { origin } } as never);
      }
    };
    try {
      return openWebSocket(host, to);
    } finally {
      globalThis.WebSocket = browsers;
    }
  };
}
