// Opaque random tokens and the form they are stored in. What they allow is decided elsewhere.
import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as base64url. */
export const mintToken = (): string => randomBytes(32).toString('base64url')

/** 128 random bits as base64url: for ids, which are not credentials. */
export const mintId = (): string => randomBytes(16).toString('base64url')

/** How a token is stored. Its own 256 random bits make a salt and a slow hash needless. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')
