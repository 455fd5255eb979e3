/** The wire's version. A field may be added without raising it; nothing is renamed, removed or given another meaning. */
export const PROTOCOL_VERSION = 1;
