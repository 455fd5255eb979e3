/** For so long all other pages leave it alone. */
const TAKEN_MS = 2_000;

/**
 * Acts in one of all pages of this origin that are told of the same within two seconds. A page without HTTPS has no
 * locks: there each acts.
 */
export function alone(lock: string, act: () => void): void {
  const { locks } = navigator as { locks?: LockManager };
  const take = async (lock: unknown) => {
    if (!lock) return;
    act();
    await new Promise((over) => setTimeout(over, TAKEN_MS));
  };
  if (locks) locks.request(lock, { ifAvailable: true }, take).catch(act);
  else act();
}
