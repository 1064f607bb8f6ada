// Hashing and checking of passwords with scrypt, a few at a time. Stores nothing and knows no users.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** A password as it is stored, with all that is needed to check it after the parameters have been raised. */
export type StoredPassword = {
  readonly kind: 'scrypt'
  /** Cost: 2^logN. */
  readonly logN: number
  readonly r: number
  readonly p: number
  /** base64url. */
  readonly salt: string
  /** base64url. */
  readonly hash: string
}

export type Passwords = {
  readonly hash: (password: string) => Promise<StoredPassword>
  /**
   * True if it is the password. `null` (no such user, or one who cannot sign in) takes just as long and is false.
   * Null comes back when too many are being checked already.
   */
  readonly check: (password: string, stored: StoredPassword | null) => Promise<boolean | null>
  /** True for a hash whose parameters are no longer those of today. */
  readonly isOutdated: (stored: StoredPassword) => boolean
}

const hashBytes = 32
const r = 8
const p = 3
// Each takes 128 · r · 2^logN bytes of memory and a core for a good part of a second.
const atOnce = 2
const mostWaiting = 64

const derive = (password: string, salt: Buffer, logN: number, blocks: number, lanes: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: 2 ** logN, r: blocks, p: lanes, maxmem: 256 * blocks * 2 ** logN + 1024 * 1024 }
    // The same text may be typed composed or decomposed.
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })

/** `logN` is the cost for new hashes; old ones are checked with their own. */
export const createPasswords = (logN: number): Passwords => {
  let running = 0
  const waiting: (() => void)[] = []
  // Stands in for users who are not there, so that an answer's time does not tell whether they are.
  const nobody: StoredPassword = {
    kind: 'scrypt',
    logN,
    r,
    p,
    salt: randomBytes(16).toString('base64url'),
    hash: randomBytes(hashBytes).toString('base64url')
  }

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }

  return {
    hash: async (password) => {
      const salt = randomBytes(16)
      const hash = await inTurn(() => derive(password, salt, logN, r, p))
      return { kind: 'scrypt', logN, r, p, salt: salt.toString('base64url'), hash: hash.toString('base64url') }
    },
    check: async (password, stored) => {
      if (waiting.length >= mostWaiting) return null
      const against = stored ?? nobody
      const salt = Buffer.from(against.salt, 'base64url')
      const key = await inTurn(() => derive(password, salt, against.logN, against.r, against.p))
      const wanted = Buffer.from(against.hash, 'base64url')
      return key.length === wanted.length && timingSafeEqual(key, wanted) && stored !== null
    },
    isOutdated: (stored) => stored.logN !== logN || stored.r !== r || stored.p !== p
  }
}
