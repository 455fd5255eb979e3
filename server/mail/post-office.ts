import { refuse } from "../../protocol/faults.ts";
import type { Event } from "../../protocol/index.ts";
import type { Clock } from "../clock.ts";
import type { AgentActor } from "../desk/actors.ts";
import type { ConversationRecord } from "../desk/conversations/conversation-record.ts";
import type { Publish } from "../desk/publish.ts";
import type { Sites } from "../desk/sites/sites.ts";
import { countTo } from "../store/mail.ts";
import type { Store } from "../store/port.ts";
import { type Codes, createCodes } from "./codes.ts";
import { createDelivery } from "./delivery.ts";
import { createNotices, type Notices } from "./notices.ts";
import type { Carrier } from "./smtp.ts";
import { createStops, type Stops } from "./stops.ts";
import { createTranscripts, type Transcripts } from "./transcripts.ts";
import { createWriting } from "./writing.ts";

/** Tells one after the other. The second comes later than the desk, and may never come. */
export function alsoTo(first: Publish, second: () => Publish | undefined): Publish {
  return {
    stored(record, events) {
      first.stored(record, events);
      second()?.stored(record, events);
    },
    read(record, side, seq) {
      first.read(record, side, seq);
      second()?.read(record, side, seq);
    },
    changed(visitor, records) {
      first.changed(visitor, records);
      second()?.changed(visitor, records);
    },
  };
}

const TESTS_HOURLY = 5;
const HOUR_MS = 60 * 60_000;

/**
 * All mail: written down with what it tells of, sent from there by the clock. Nothing that a person waits for ever waits
 * for it.
 */
export interface PostOffice extends Pick<Codes, "enter"> {
  readonly from: string;
  sendCode: Codes["send"];
  sendTranscript: Transcripts["send"];
  readonly stops: Stops;
  /** To the agent's own address, so that an owner sees whether mail arrives. */
  test(agent: AgentActor, site: string): Promise<void>;
  /** Hears what everybody hears. */
  readonly publish: Publish;
  readonly notices: Notices;
  /** Sends what is due; resolves when that was tried. */
  deliver(): Promise<void>;
  close(): void;
}

export function createPostOffice(parts: {
  store: Store;
  clock: Clock;
  sites: Sites;
  carrier: Carrier;
  home(): string | undefined;
  log(error: unknown): void;
}): PostOffice {
  const { store, clock, sites, carrier, home, log } = parts;
  const delivery = createDelivery({ store, clock, carrier, log });
  // What was just written goes out at once, not at the next stroke of the clock.
  const writing = createWriting(clock, () => setImmediate(() => void delivery.deliver().catch(log)));
  const codes = createCodes({ store, clock, writing });
  const stops = createStops({ store, clock });
  const notices = createNotices({ store, clock, sites, writing, stops, home });
  const transcripts = createTranscripts({ store, clock, writing, codes });
  return {
    get from() {
      return carrier.from;
    },
    sendCode: codes.send,
    enter: codes.enter,
    sendTranscript: transcripts.send,
    stops,
    notices,
    async test(agent, id) {
      if (agent.kind === "key") refuse("forbidden", "An API key has no address");
      const site = await sites.forAgent(agent, id);
      if (agent.role === "agent") refuse("forbidden", "Only owners and admins try the mail");
      await store.write(async (db) => {
        if ((await countTo(db, agent.email, "test", clock.now() - HOUR_MS)) >= TESTS_HOURLY)
          refuse("limited", "Too many tries", { afterMs: HOUR_MS });
        await writing.put(
          db,
          { site, visitor: null, address: agent.email, kind: "test" },
          {
            locale: "en",
            subject: `Mail from ${site.name} arrives`,
            parts: [{ kind: "text", text: `Deskbell sent this from the settings of ${site.name}. Mail works.` }],
          },
        );
      });
    },
    publish: {
      stored: (record: ConversationRecord, events: readonly Event[]) => notices.stored(record, events),
      read: (record, side, seq) => {
        if (side === "visitor") notices.read(record, seq);
      },
      changed: (_visitor, records) => notices.changed(records),
    },
    deliver: delivery.deliver,
    close: delivery.close,
  };
}
