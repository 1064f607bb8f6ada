// Tells a database that is away (to be waited for) from a statement that is wrong (never to be repeated). Pure.

/** Thrown by reads while the database is away. Over REST it becomes `unavailable`. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
  constructor(cause: unknown) {
    super(`the database is away: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

// The classes of SQLSTATE that blame the statement or its values. Everything else (connection, resources, shutdown,
// sign-in, timeouts, a standby that only reads) can pass without the statement being changed.
const blamesStatement = /^(0A|21|22|23|26|2B|34|42|44)/

/** The five-character SQLSTATE of a database's error. */
export const sqlState = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return /^[0-9A-Z]{5}$/.test(error.code) && !/^E[A-Z]+$/.test(error.code) ? error.code : undefined
}

export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505'

/** True if the same statement may succeed later. */
export const isAway = (error: unknown): boolean => {
  const state = sqlState(error)
  return state === undefined ? !(error instanceof TypeError) : !blamesStatement.test(state)
}

/** Runs a read or a write; throws StoreUnavailable where the database is away, and other errors as they are. */
export const whileThere = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw isAway(error) ? new StoreUnavailable(error) : error
  }
}
