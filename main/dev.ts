// What development may preset by the environment: a sign-in on this very machine and a place on the screen. Pure; a
// packaged app never asks.
import { parseBounds, type Bounds } from './shell/bounds.ts'

export type DevSignIn = { readonly server: string; readonly username: string; readonly password: string }
export type DevPresets = { readonly signIn: DevSignIn | null; readonly bounds: Bounds | null }

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

export const devPresets = (env: Readonly<Record<string, string | undefined>>, isPackaged: boolean): DevPresets =>
  isPackaged
    ? { signIn: null, bounds: null }
    : { signIn: parseSignIn(env['TAMAS_DEV_SIGN_IN']), bounds: parseBounds(env['TAMAS_DEV_BOUNDS']) }
