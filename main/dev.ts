// What development and tests may preset by the environment: a sign-in on this very machine, a place on the screen, how soon
// a window is let go. A packaged app never asks.
import type { Logger } from '../common/log.ts'
import type { SignalingSession } from './ports.ts'
import { parseBounds, type Bounds } from './shell/bounds.ts'

export type DevSignIn = { readonly server: string; readonly username: string; readonly password: string }
export type DevPresets = {
  readonly signIn: DevSignIn | null
  readonly bounds: Bounds | null
  readonly restAfterMs: number | null
}

const isLoopback = (server: string): boolean => {
  try {
    const { hostname } = new URL(server)
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
  } catch {
    return false
  }
}

/** `server|username|password`, and only for a server on this machine. */
const parseSignIn = (text: string | undefined): DevSignIn | null => {
  const [server, username, password, ...rest] = (text ?? '').split('|')
  if (server === undefined || username === undefined || password === undefined || rest.length > 0) return null
  return isLoopback(server) ? { server, username, password } : null
}

const parseMs = (text: string | undefined): number | null => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : null)

export const devPresets = (env: Readonly<Record<string, string | undefined>>, isPackaged: boolean): DevPresets =>
  isPackaged
    ? { signIn: null, bounds: null, restAfterMs: null }
    : {
        signIn: parseSignIn(env['TAMAS_DEV_SIGN_IN']),
        bounds: parseBounds(env['TAMAS_DEV_BOUNDS']),
        restAfterMs: parseMs(env['TAMAS_DEV_REST_MS'])
      }

/** Signs in as development asks; goes on with what is stored where that is the same. */
export const signInForDevelopment = async (session: SignalingSession, to: DevSignIn, log: Logger): Promise<void> => {
  const account = session.account()
  const isSame = account.state === 'signedIn' && account.server === to.server && account.user.username === to.username
  if (isSame) return
  if (account.state === 'signedIn') await session.signOut()
  const signedIn = await session.signIn(to)
  if (!signedIn.ok) log.error('the preset sign-in failed', { code: signedIn.error.code })
}
