import { refuse, type Survey, type SurveyAnswer } from "../../../protocol/index.ts";
import { toTime } from "../../clock.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import { type Draft, SYSTEM } from "./log.ts";

/** A survey is open this long after the end that asked for it. */
const SURVEY_EXPIRES_AFTER_MS = 7 * 24 * 3_600_000;
/** An answer can be changed this long after it was first given. */
const ANSWER_STANDS_AFTER_MS = 24 * 3_600_000;

/** The end of an episode: `resolved`, and the question whether it was one. Nobody can end without asking. */
export function ending({ view }: ConversationRecord, now: number): Draft[] {
  const { episode } = view;
  const expiresAt = toTime(now + SURVEY_EXPIRES_AFTER_MS);
  return [
    // What is over does not sleep: `desk` alone tells of snoozes, so that it need not be read in step with `talk` (D11).
    ...(view.snoozedUntil === undefined ? [] : [{ type: "woken" } as const]),
    { type: "resolved", episode },
    { type: "asked", episode, expiresAt, writer: SYSTEM },
  ];
}

/** The survey that may still be answered for an episode; refuses where none was asked or it is too late. */
export function openSurvey({ view }: ConversationRecord, episode: number, now: number): Survey {
  const { survey } = view;
  if (survey?.episode !== episode)
    return refuse("invalid", "Cannot rate: nothing was asked about this episode", { field: "episode" });
  if (survey.answer && now > Date.parse(survey.answer.at) + ANSWER_STANDS_AFTER_MS) {
    return refuse("invalid", "Cannot rate: the answer stands after 24 hours");
  }
  if (!survey.answer && now > Date.parse(survey.expiresAt))
    return refuse("invalid", "Cannot rate: the survey has expired");
  return survey;
}

/** Whether the newest answer says just this. */
export function sameAnswer(survey: Survey, { solved, rating, reasons, comment }: SurveyAnswer): boolean {
  const { answer } = survey;
  if (!answer) return false;
  return (
    answer.solved === solved &&
    answer.rating === rating &&
    answer.comment === comment &&
    JSON.stringify(answer.reasons) === JSON.stringify(reasons)
  );
}
