import { createServer } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Logger } from "pino";
import type { Clock } from "./clock.ts";
import { type Config, databaseFile } from "./config.ts";
import { createDesk, type Desk } from "./desk/desk.ts";
import { createFormerBuilds } from "./files/former-builds.ts";
import { blobsOf } from "./files/place.ts";
import { clientAddress } from "./http/address.ts";
import { createHttp, DIST } from "./http/app.ts";
import { createDrain } from "./http/drain.ts";
import { startAttendance } from "./jobs/attendance.ts";
import { startBuilds } from "./jobs/builds.ts";
import { startHousekeeping } from "./jobs/housekeeping.ts";
import { startMail } from "./jobs/mail.ts";
import { startTimers } from "./jobs/timers.ts";
import { createLimits } from "./limits.ts";
import { createAlarm } from "./live/ahead.ts";
import { createAudience } from "./live/audience.ts";
import { createGateway } from "./live/gateway.ts";
import { startHeads } from "./live/heads.ts";
import { createPresence } from "./live/presence.ts";
import { serveSockets } from "./live/socket-io.ts";
import { alsoTo, createPostOffice } from "./mail/post-office.ts";
import { createSmtp } from "./mail/smtp.ts";
import { createMetrics } from "./metrics.ts";
import type { Store } from "./store/port.ts";
import { scrub } from "./store/scrub.ts";
import { createHttpEmbeddings } from "./suggest/index.ts";

/** When everybody comes back at once: who finds no place in line is heard a second later at best, then after two, four more. */
const BACKLOG = 4_096;
/** Over how long the connections are sent away, once there are more than a handful. */
const LEAVE_WITHIN_MS = 2_000;
const HANDFUL = 50;

export interface AppParts {
  store: Store;
  clock: Clock;
  config: Config;
  log: Logger;
}

export interface App {
  readonly desk: Desk;
  /** Resolves to the address people reach it at, once it accepts connections. */
  listen(): Promise<string>;
  /** Lets no more in, finishes what was begun, and closes the store. */
  close(): Promise<void>;
}

/** Wires everything, once. Nothing else in the server knows who is behind its ports. */
export function createApp({ store, clock, config, log }: AppParts): App {
  const audience = createAudience();
  let address = config.publicUrl;
  const home = () => address;
  const desk = createDesk({
    store,
    clock,
    publish: alsoTo(audience, () => mail?.publish),
    home,
    scrub: () => scrub(databaseFile(config)),
    blobs: blobsOf(config),
    embeddings: config.embeddingsUrl === undefined ? undefined : createHttpEmbeddings(config.embeddingsUrl),
  });
  const presence = createPresence(audience, desk.attendance);
  const mail = config.smtpUrl === undefined ? undefined : openMail(config.smtpUrl);
  const logError = (error: unknown) => log.error({ err: error }, "Unexpected");

  const isHome = (origin: string, host: string | undefined) => {
    if (address !== undefined && new URL(address).origin === origin) return true;
    // Where nobody said what our address is, it is what the browser was told.
    return config.publicUrl === undefined && host !== undefined && hostOf(origin) === host;
  };
  const limits = createLimits(config.limits);
  const metrics = createMetrics();
  const gateway = createGateway({
    desk,
    audience,
    presence,
    limits,
    isHome,
    log: logError,
    alarm: createAlarm({
      epoch: store.epoch,
      count: () => metrics.ahead.inc(),
      tell: (ahead, untold) =>
        log.error({ ...ahead, untold }, "A client knows more than the log: acknowledged events are gone"),
    }),
    answered: (by, outcome) => metrics.commands.inc({ by, outcome }),
    connected: (of, change) => metrics.connections.inc({ of }, change),
  });

  function openMail(smtpUrl: string) {
    const carrier = createSmtp(smtpUrl, () => address && new URL(address).hostname);
    const { sites } = desk;
    return createPostOffice({ store, clock, sites, carrier, home, log: (error) => log.warn({ err: error }, "Mail") });
  }

  const builds = createFormerBuilds({
    assets: join(DIST, "widget/assets"),
    folder: join(config.dataDir, "widget"),
    clock,
  });
  const http = createServer();
  const way = createDrain(http);
  const web = createHttp(desk, {
    config,
    log,
    limits,
    metrics,
    isHome,
    availability: presence.availability,
    mail,
    ready: () => !way.draining,
    former: builds.find,
  });
  const listener = getRequestListener(web.fetch);
  const sockets = serveSockets(http, (request, response) => void listener(request, response), {
    gateway,
    knowsOrigin: async (origin, host) => isHome(origin, host) || desk.sites.anySiteLists(origin),
    address: (request) => clientAddress(request, config.trustProxy),
    limits,
  });

  const stops: (() => void | Promise<void>)[] = [];

  const endRevoked = desk.sessions.onRevoked(({ agent, session }) => {
    for (const member of [...audience.agents()]) {
      if (member.agent.key !== agent) continue;
      if (session === undefined || member.session === session) member.peer.close();
    }
  });
  const closeVisitor = (visitor: number) => {
    for (const member of [...audience.visitors()]) if (member.visitor.key === visitor) member.peer.close();
  };
  desk.erasure.onErased(closeVisitor);
  desk.visitors.onSignedIn(closeVisitor);
  desk.departures.onLeft((visitor, token) => {
    for (const member of [...audience.visitors()])
      if (member.visitor.key === visitor && member.token === token) member.peer.close();
  });
  const bringNewSite = desk.sites.onChanged(async (site) => {
    // Who answers for a site that their connection does not know yet comes again.
    for (const { agent, peer } of [...audience.agents()]) {
      if (agent.sites.has(site.key)) continue;
      const now = await desk.agents.byKey(agent.key).catch(() => undefined);
      if (now?.sites.has(site.key)) peer.close();
    }
  });

  return {
    desk,
    async listen() {
      // Before anybody is shown a face, where that can be: without a name of our own the port says it.
      if (address !== undefined) await desk.photos.follow().catch(logError);
      await new Promise<void>((resolve, reject) => {
        http.once("error", reject);
        http.listen({ port: config.port, host: config.host, backlog: BACKLOG }, () => {
          http.off("error", reject);
          resolve();
        });
      });
      const bound = http.address();
      const port = typeof bound === "object" && bound ? bound.port : config.port;
      if (address === undefined) {
        address = `http://localhost:${port}`;
        await desk.photos.follow().catch(logError);
      }
      const heads = startHeads(desk, audience);
      stops.push(
        endRevoked,
        bringNewSite,
        heads.stop,
        startTimers(desk, logError),
        startHousekeeping(desk, logError),
        startAttendance(desk.attendance, logError),
        startBuilds(builds, (error) =>
          log.warn({ err: error }, "Cannot keep the widget's files for pages that are open"),
        ),
        ...(mail ? [startMail(mail, logError)] : []),
        presence.close,
        audience.close,
        desk.suggestions.close,
        desk.messageSearch.close,
      );
      return address;
    },
    async close() {
      gateway.stop();
      await Promise.all([sockets.close(sockets.count > HANDFUL ? LEAVE_WITHIN_MS : 0), way.drain()]);
      await Promise.all(stops.map((stop) => stop()));
      await way.close();
      await store.close();
    },
  };
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
