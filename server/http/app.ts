import { join } from "node:path";
import { Hono } from "hono";
import type { Logger } from "pino";
import { type Availability, refuse } from "../../protocol/index.ts";
import type { Config } from "../config.ts";
import type { Desk } from "../desk/desk.ts";
import { createLimits, type Limits } from "../limits.ts";
import type { PostOffice } from "../mail/post-office.ts";
import { createMetrics, type Metrics } from "../metrics.ts";
import { subscriberFrom } from "./address.ts";
import { createAgentRoutes } from "./agents.ts";
import { createArticleDraftRoutes } from "./article-drafts.ts";
import { createArticleRoutes } from "./articles.ts";
import { createWidgetArticleRoutes } from "./articles-widget.ts";
import { createAssetRoutes, type FormerFiles } from "./assets.ts";
import { createAuditRoutes } from "./audit.ts";
import { requireAgent } from "./auth.ts";
import { limitBodies } from "./bodies.ts";
import { createCollectionRoutes } from "./collections.ts";
import { createConversationRoutes } from "./conversations.ts";
import { createEmbeddingRoutes } from "./embedding.ts";
import type { HttpEnv } from "./env.ts";
import { createAgentFileRoutes, createFileRoutes, createVisitorFileRoutes } from "./files.ts";
import { createHealthRoutes } from "./health.ts";
import { createHelpMounts } from "./help/mount.ts";
import { createInstallRoutes } from "./install.ts";
import { createInvitationRoutes } from "./invitations.ts";
import { createKeyRoutes } from "./keys.ts";
import { createKnowledgeRoutes } from "./knowledge.ts";
import { createSiteMailRoutes, createStopRoutes, createWidgetMailRoutes } from "./mail.ts";
import { createReportRoutes } from "./not-yet.ts";
import { createOpenApiRoutes } from "./openapi.ts";
import type { RouteParts } from "./parts.ts";
import { createPhotoRoutes } from "./photo.ts";
import { onError, onNotFound } from "./problem.ts";
import { createQuestionRoutes } from "./questions.ts";
import { createReplyRoutes } from "./replies.ts";
import { createRevisionRoutes } from "./revisions.ts";
import { sameOrigin } from "./same-origin.ts";
import { createSearchRoutes } from "./searches.ts";
import { securityHeaders } from "./security-headers.ts";
import { createSelfServiceRoutes } from "./self-service.ts";
import { createSessionRoutes } from "./session.ts";
import { createPersonSessionRoutes, createSessionListRoutes } from "./sessions.ts";
import { createSetupRoutes } from "./setup.ts";
import { createSiteRoutes } from "./sites.ts";
import { createSuggestRoutes } from "./suggest.ts";
import { createTranslationRoutes } from "./translations.ts";
import { createVisitorCommandRoutes } from "./visitor-commands.ts";
import { createVisitorLogoutRoutes } from "./visitor-logout.ts";
import { createErasureRoutes, createVisitorRoutes } from "./visitors.ts";
import { createWidgetRoutes } from "./widget.ts";
import { readableBySite, widgetOrigin } from "./widget-origin.ts";

/** Where the built widget and console lie, unless told otherwise. */
export const DIST = join(import.meta.dirname, "../../dist");

export interface HttpParts {
  config: Pick<Config, "limits" | "trustProxy" | "publicUrl">;
  log: Pick<Logger, "error">;
  /** Whether an origin is this server's own. */
  isHome(origin: string, host: string | undefined): boolean;
  availability(site: number): Availability;
  /** Sends mail; without it everything mail is hidden. */
  mail?: PostOffice | undefined;
  /** Whether the server takes anything on. */
  ready(): boolean;
  /** Where the built widget and console lie. */
  dist?: string;
  /** The widget's files of builds before. */
  former?: FormerFiles;
  limits?: Limits;
  metrics?: Metrics;
}

/** Everything that is asked over HTTP: one resource, one file. */
export function createHttp(desk: Desk, parts: HttpParts): Hono<HttpEnv> {
  const { config, log, dist = DIST, limits = createLimits(config.limits), metrics = createMetrics() } = parts;
  const routes: RouteParts = {
    home: () => desk.home() ?? "",
    isHome: parts.isHome,
    limits,
    dist,
    trustProxy: config.trustProxy,
    availability: parts.availability,
    mail: parts.mail,
  };
  const app = new Hono<HttpEnv>();
  app.onError(onError((error, about) => log.error({ err: error, ...about }, "Unexpected")));
  app.notFound(onNotFound);

  app.use(async (c, next) => {
    await next();
    metrics.requests.inc({ method: c.req.method, status: c.res.status });
  });
  app.use(async (c, next) => {
    // Read as an address only where a body is: a `Host` such as 1.2.3.4.5 would break there.
    if (!URL.canParse(c.req.url)) refuse("invalid", "This is no Host", { field: "host" });
    await next();
  });
  app.use(securityHeaders(config.publicUrl?.startsWith("https:") === true));
  app.use("/api/widget/:key/*", readableBySite({ sites: desk.sites, isHome: parts.isHome }));
  app.use(limitBodies());
  app.use("/api/*", async (c, next) => {
    await limits.take("address", subscriberFrom(c, config.trustProxy));
    await next();
  });
  const help = createHelpMounts(desk, routes, config.publicUrl !== undefined);
  app.use(help.byHost);

  app.route("/", createHealthRoutes({ store: desk.store, registry: metrics.registry, ready: parts.ready }));
  app.route("/", createOpenApiRoutes(app));
  app.route("/api/widget/:key", forWidget(desk, routes));
  app.use("/api/*", sameOrigin(parts.isHome));
  app.route("/api/setup", createSetupRoutes(desk, routes));
  app.route("/api/session/photo", createPhotoRoutes(desk, routes));
  app.route("/api/session", createSessionRoutes(desk, routes));
  app.route("/api/invitations", createInvitationRoutes(desk, routes));
  app.route("/api", forAgents(desk, routes));
  app.route("/help", help.byKey);
  app.route("/docs/embedding", createEmbeddingRoutes(routes));
  app.route("/mail", createStopRoutes(desk, routes));
  app.route("/files", createFileRoutes(desk));
  app.route("/", createAssetRoutes(dist, parts.former));
  return app;
}

/** What the sites' pages may ask. */
function forWidget(desk: Desk, routes: RouteParts): Hono<HttpEnv> {
  return (
    new Hono<HttpEnv>()
      .use(widgetOrigin({ sites: desk.sites, sightings: desk.sightings, isHome: routes.isHome }))
      .route("/", createWidgetRoutes(desk, routes))
      .route("/visitors", createVisitorRoutes(desk, routes))
      .route("/visitors", createVisitorLogoutRoutes(desk))
      .route("/", createVisitorCommandRoutes(desk, routes))
      .route("/", createWidgetMailRoutes(desk, routes))
      .route("/suggest", createSuggestRoutes(desk, routes))
      .route("/articles", createWidgetArticleRoutes(desk, routes))
      .route("/files", createVisitorFileRoutes(desk, routes))
      // Or what is asked for amiss would be asked to sign in.
      .all("/*", onNotFound)
  );
}

/** What only agents and their programs may ask: whoever is not one learns nothing, not even what there is. */
function forAgents(desk: Desk, routes: RouteParts): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .use(requireAgent(desk, routes))
    .route("/sites", createSiteRoutes(desk))
    .route("/sites", createInstallRoutes(desk, routes))
    .route("/sites", createSelfServiceRoutes(desk))
    .route("/sites", createReportRoutes(desk))
    .route("/sites", createSiteMailRoutes(desk, routes))
    .route("/sites", createAgentFileRoutes(desk))
    .route("/agents", createAgentRoutes(desk, routes))
    .route("/agents", createPersonSessionRoutes(desk))
    .route("/keys", createKeyRoutes(desk))
    .route("/audit", createAuditRoutes(desk))
    .route("/sessions", createSessionListRoutes(desk))
    .route("/visitors", createErasureRoutes(desk))
    .route("/", createReplyRoutes(desk))
    .route("/", createArticleRoutes(desk))
    .route("/", createArticleDraftRoutes(desk))
    .route("/", createConversationRoutes(desk))
    .route("/", createQuestionRoutes(desk))
    .route("/", createKnowledgeRoutes(desk))
    .route("/", createCollectionRoutes(desk))
    .route("/", createRevisionRoutes(desk))
    .route("/", createTranslationRoutes(desk))
    .route("/", createSearchRoutes(desk));
}
