/** For so long a tab waits until another has sent: one that a browser froze must not hold up the others. */
const TURN_MS = 5_000;

/**
 * Acts while no other tab of this origin does under the same name, or after waiting in vain: the turn saves work and keeps
 * the order of what two tabs send; that a message is stored once is its id's doing (D2).
 */
export async function turn(name: string, act: () => Promise<void>): Promise<void> {
  let begun: Promise<void> | undefined;
  const once = () => {
    begun ??= act();
    return begun;
  };
  try {
    // Undefined on pages without HTTPS.
    const { locks } = navigator;
    await locks.request(name, { ifAvailable: true }, (lock) => lock && once());
    const patient = { signal: AbortSignal.timeout(TURN_MS) };
    // What the other one told before it let go comes first: that all is sent, or that the server asks for patience.
    if (!begun) await locks.request(name, patient, () => new Promise((heard) => setTimeout(heard)).then(once));
  } catch {
    await once();
  }
}
