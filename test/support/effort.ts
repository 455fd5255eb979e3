/**
 * Tells from now on what this thread has worked, in ms of a processor: what somebody else on the machine takes, for a second
 * or more where it is small and busy, is not held against what is measured.
 */
export function startEffort(): () => number {
  const before = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
}
