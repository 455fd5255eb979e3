import type { PostOffice } from "../mail/post-office.ts";

const EVERY_MS = 5_000;

/** Writes and sends mail that is due. A server that hangs holds up this clock, and nobody who talks. Returns the stop. */
export function startMail(office: PostOffice, log: (error: unknown) => void, everyMs = EVERY_MS): () => void {
  void office.notices.recover().catch(log);
  let looking = false;
  const timer = setInterval(() => {
    // What hangs is counted by the delivery itself: the clock goes on, so that new notices are written.
    if (looking) return;
    looking = true;
    void office.notices
      .look()
      .catch(log)
      .finally(() => {
        looking = false;
      });
    void office.deliver().catch(log);
  }, everyMs).unref();
  return () => {
    clearInterval(timer);
    office.close();
  };
}
