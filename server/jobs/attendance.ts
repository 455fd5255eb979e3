import type { Attendance } from "../desk/availability/attendance.ts";

/** What is promised follows from days: minutes are soon enough. */
const EVERY_MS = 5 * 60_000;

/** Reads anew what may be promised, now and then. Returns the stop. */
export function startAttendance(attendance: Attendance, log: (error: unknown) => void, everyMs = EVERY_MS): () => void {
  const refresh = () => void attendance.refresh().catch(log);
  refresh();
  const timer = setInterval(refresh, everyMs).unref();
  return () => clearInterval(timer);
}
