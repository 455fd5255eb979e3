/* What the parts of the bench say to each other over `process.send`. */

/** What a server process under test says once it listens. */
export interface Ready {
  type: "ready";
  url: string;
  /** How visitors and agents get in; the bare relay asks for nothing. */
  site?: string;
  key?: string;
}

/**
 * What a server process answers when asked for its resources: after a collection where it was asked for "usage", without
 * one, which would count as the messages' time, where for "processor".
 */
export interface Usage {
  type: "usage";
  /** Bytes the heap and everything beside it take, such as the database's own page caches. */
  memory: number;
  heap: number;
  /** Microseconds of processor time since the process began. */
  cpu: number;
}

export interface Round {
  /** Messages a second; undefined: as fast as acknowledgements come. */
  rate: number | undefined;
  seconds: number;
}

export interface Measured {
  type: "measured";
  acknowledged: number;
  seconds: number;
  /** From the visitor's `emit` to the agent's `event`, in milliseconds. */
  latencies: number[];
  /** From the visitor's `emit` to their acknowledgement, in milliseconds. */
  acks: number[];
  /** Acknowledged, and not pushed to the agent within a second of the end. */
  unseen: number;
}
