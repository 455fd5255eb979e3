import type { Availability } from "../../protocol/index.ts";
import type { Limits } from "../limits.ts";
import type { PostOffice } from "../mail/post-office.ts";

/** What routes need beside the desk. */
export interface RouteParts {
  /** Where people reach this server; empty while nobody knows. */
  home(): string;
  isHome(origin: string, host: string | undefined): boolean;
  limits: Limits;
  /** Where the built widget and console lie. */
  dist: string;
  /** How many proxies before us are believed about addresses. */
  trustProxy: number;
  availability(site: number): Availability;
  /** Sends mail, where an SMTP server is configured. */
  mail?: PostOffice | undefined;
}
