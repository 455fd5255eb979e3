import type { ReadExport } from "../foreign.ts";
import { readHelpScout } from "./help-scout.ts";
import { readIntercom } from "./intercom.ts";
import { readZendesk } from "./zendesk.ts";

/** Help centres whose exports are understood, by the name that `--from` takes. */
export const FORMATS: Readonly<Record<string, ReadExport>> = {
  zendesk: readZendesk,
  intercom: readIntercom,
  helpscout: readHelpScout,
};
