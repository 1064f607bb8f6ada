// A new pair of tokens for a sign-in, and the hashes that are kept of it. Stores nothing.
import type { Tokens } from '../../common/protocol/rest.ts'
import type { TokenHashes } from './store.ts'
import { hashToken, mintToken } from './tokens.ts'

export type TokenLifetimes = { readonly accessTokenMs: number; readonly refreshTokenMs: number }

export const mintPair = (
  now: number,
  { accessTokenMs, refreshTokenMs }: TokenLifetimes
): { readonly tokens: Tokens; readonly hashes: TokenHashes } => {
  const tokens: Tokens = {
    accessToken: mintToken(),
    accessExpiresAt: now + accessTokenMs,
    refreshToken: mintToken(),
    refreshExpiresAt: now + refreshTokenMs
  }
  return {
    tokens,
    hashes: {
      accessHash: hashToken(tokens.accessToken),
      accessExpiresAt: tokens.accessExpiresAt,
      refreshHash: hashToken(tokens.refreshToken),
      refreshExpiresAt: tokens.refreshExpiresAt
    }
  }
}
