// Reads a link that came from outside: what it asks for, or why it can't be used. Pure; nothing is done or asked here.
// Whatever else is in the link is never looked at: it is a URL, no command and no switch.
import { latinDigits } from '../../common/fold.ts'
import { longestLink, type LinkFault } from '../../common/links.ts'
import { fail, type Failure } from '../../common/result.ts'
import { readServerUrl } from '../session/server-url.ts'

export type LinkTarget =
  | { readonly kind: 'join'; readonly server: string; readonly callId: string; readonly code: string }
  | { readonly kind: 'dial'; readonly to: string; readonly extension: string | null }

export type ReadLink =
  { readonly ok: true; readonly target: LinkTarget } | { readonly ok: false; readonly fault: LinkFault }

const faulty = (fault: LinkFault): ReadLink => ({ ok: false, fault })

// As the server makes them: base64url, and for calls the node's name before it.
const callIdShape = /^[A-Za-z0-9._-]{1,64}$/
const codeShape = /^[A-Za-z0-9_-]{16,128}$/
const numberShape = /^\+?[0-9*#]{1,32}$/
const userShape = /^[\p{L}\p{N}+*#._@-]{1,64}$/u

const parse = (text: string): URL | null => {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** A number as RFC 3966 writes it: with separators for the eye and parameters, which are left out. */
const readNumber = (path: string): string | null => {
  const text = decoded(path.split(';')[0] ?? '')
  const number = text === null ? '' : latinDigits(text).replace(/[-.() ]/g, '')
  return numberShape.test(number) ? number : null
}

/** The user part of a SIP address, or a name alone; no name holds a colon, so one with a password is refused. */
const readUser = (path: string): string | null => {
  const before = path.split(/[;?]/)[0] ?? ''
  const at = before.lastIndexOf('@')
  const text = decoded(at === -1 ? before : before.slice(0, at))
  if (text === null) return null
  return numberShape.test(latinDigits(text)) ? latinDigits(text) : userShape.test(text) ? text : null
}

/** The server of a join link: an origin that is written out. Errors: bad_request, insecure_server. */
const readServer = (text: string): { readonly ok: true; readonly value: string } | { ok: false; error: Failure } => {
  const url = /^https?:\/\//i.test(text) ? parse(text) : null
  if (url === null || text.length > 512 || text.includes('@')) return fail('bad_request')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || /[?#\\]/.test(text)) return fail('bad_request')
  return readServerUrl(text)
}

/** `tamas://join?server=…&call=…&code=…`; some systems add a slash before the question mark. */
const readJoin = (url: URL): ReadLink => {
  const where = `${url.host}${url.pathname}`.replace(/\/$/, '')
  if (url.username !== '' || url.password !== '' || url.hash !== '') return faulty('damaged')
  if (where !== 'join') return faulty('unknown')
  const one = (name: string): string => {
    const values = url.searchParams.getAll(name)
    return values.length === 1 ? (values[0] ?? '') : ''
  }
  const [callId, code] = [one('call'), one('code')]
  const server = readServer(one('server'))
  if (!server.ok) return faulty(server.error.code === 'insecure_server' ? 'insecure' : 'damaged')
  if (!callIdShape.test(callId) || !codeShape.test(code)) return faulty('damaged')
  return { ok: true, target: { kind: 'join', server: server.value, callId, code } }
}

/** What is pressed once the call is there (RFC 3966), so digits alone; one that is something else is none. */
const readExtension = (path: string): string | null => {
  const [, text = ''] = /;ext=([^;?]*)/i.exec(path) ?? []
  const digits = latinDigits(decoded(text) ?? '').replace(/[-.() ]/g, '')
  return /^[0-9*#]{1,16}$/.test(digits) ? digits : null
}

const dial = (to: string | null, extension: string | null = null): ReadLink =>
  to === null ? faulty('damaged') : { ok: true, target: { kind: 'dial', to, extension } }

export const readLink = (given: string): ReadLink => {
  const text = given.trim()
  // The URL parser would take tabs and line ends out in silence.
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  if (text.length > longestLink || /[\u0000-\u001f\u007f]/.test(text)) return faulty('damaged')
  const url = parse(text)
  if (url === null) return faulty('unknown')
  // Some pages write `tel://`, too.
  const path = text.slice(text.indexOf(':') + 1).replace(/^\/\//, '')
  switch (url.protocol) {
    case 'tamas:':
      return readJoin(url)
    case 'tel:':
      return dial(readNumber(path), readExtension(path))
    case 'callto:':
      return dial(readNumber(path) ?? readUser(path))
    case 'sip:':
    case 'sips:': // Whether the way is encrypted is for the server that one is signed in at.
      return dial(readUser(path))
    default:
      return faulty('unknown')
  }
}
