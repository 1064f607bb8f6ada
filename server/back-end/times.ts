// Times as back ends are told them.

/** ISO 8601 in UTC, of milliseconds since the epoch. */
export const isoTime = (at: number): string => new Date(at).toISOString()
