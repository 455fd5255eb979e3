/** Whose connections must end: all of an agent's, or those of one session. */
export interface Revoked {
  readonly agent: number;
  /** {@link sessionId} of the session that ended; absent where all of the agent's end. */
  readonly session?: string;
}

/** How whoever holds connections hears that one may no longer stand. */
export interface Revocations {
  revoke(revoked: Revoked): void;
  /** Returns the unsubscribe. */
  onRevoked(listener: (revoked: Revoked) => void): () => void;
}

export function createRevocations(): Revocations {
  const listeners = new Set<(revoked: Revoked) => void>();
  return {
    revoke(revoked) {
      for (const listener of listeners) listener(revoked);
    },
    onRevoked(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
