/** Bounds on what one request and one event may hold. Sizes of real events: p99 3.4 kB, largest 18.7 kB, depth at most 12. */
export const requestBytesMax = 1_048_576;
export const requestInflatedBytesMax = 5 * 1_048_576;
export const requestEventsMax = 1_000;
export const eventBytesMax = 65_536;
export const eventDepthMax = 16;
export const eventKeysMax = 512;
export const stringLengthMax = 16_384;
export const identifierLengthMax = 512;
export const onBehalfOfMax = 8;
export const relatedResourcesMax = 64;
export const changedFieldsMax = 256;
/** A client's clock may run ahead by this much; beyond it the event would sort before things that have not happened. */
export const clockAheadMaxMs = 5 * 60_000;
/** A producer's clock that is off by more is told beside its events; less is the way of the request through the network. */
export const clockSkewToldMs = 5_000;
/** What the column holds: 24 days. A clock that is off by more is off by this. */
export const clockSkewMaxMs = 2_147_483_647;
