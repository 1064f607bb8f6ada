// Who may ask at all: the asker's address, the Origin rule, the rate. Knows no users.
import type { IncomingMessage } from 'node:http'
import { isLoopback } from '../config.ts'

/** The address of whoever asks. Behind a trusted proxy it is the one that the proxy saw. */
export const addressOf = (request: IncomingMessage, trustProxy: boolean): string => {
  const direct = request.socket.remoteAddress ?? ''
  if (!trustProxy) return direct
  const forwarded = request.headers['x-forwarded-for']
  const list = Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')
  return list.split(',').at(-1)?.trim() || direct
}

/** True for whoever sits on this machine; what a proxy on this machine passes on does not. */
export const isLocal = (request: IncomingMessage): boolean =>
  request.headers['x-forwarded-for'] === undefined &&
  request.headers.forwarded === undefined &&
  isLoopback(request.socket.remoteAddress ?? '')

/** Absent is a native client and allowed; a page's must be listed. The same rule serves the sockets. */
export const originAllowed = (origin: string | undefined, allowed: readonly string[]): boolean =>
  origin === undefined || allowed.includes(origin)

const preflightSeconds = 600

/** What a listed page's browser needs to hear. */
export const pageHeaders = (origin: string | undefined): Record<string, string> =>
  origin === undefined
    ? { vary: 'origin' }
    : {
        vary: 'origin',
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, POST, PUT, DELETE',
        'access-control-allow-headers': 'authorization, content-type',
        'access-control-max-age': String(preflightSeconds),
        'cross-origin-resource-policy': 'cross-origin'
      }

// An IPv6 customer has a whole /64, so that is what counts as one address.
/** The key under which an address is limited. */
export const limitKey = (address: string): string => {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [head = '', tail = ''] = address.split('::')
  const left = head.split(':').filter((group) => group !== '')
  const right = tail.split(':').filter((group) => group !== '')
  const zeros = address.includes('::') ? 8 - left.length - right.length : 0
  const groups = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...right]
  return `${groups.slice(0, 4).join(':')}::/64`
}
