// What a person types as the server, read as an origin. Refuses addresses whose passwords would travel unencrypted.
import { fail, ok, type Result } from '../../common/result.ts'

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

const parse = (text: string): URL | null => {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/**
 * `call.example.com`, `https://call.example.com/path` and `127.0.0.1:7300` alike; without a scheme it is https, on
 * loopback http. Errors: bad_request (no address), insecure_server (http beyond loopback).
 */
export const readServerUrl = (typed: string): Result<string> => {
  const text = typed.trim().replace(/^ws(s?):\/\//i, 'http$1://')
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  const url = parse(hasScheme ? text : `https://${text}`)
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '') {
    return fail('bad_request', 'not a server address')
  }
  if (!hasScheme && isLoopback(url.hostname)) return ok(parse(`http://${text}`)?.origin ?? url.origin)
  if (url.protocol === 'https:') return ok(url.origin)
  if (url.protocol !== 'http:') return fail('bad_request', 'not a server address')
  return isLoopback(url.hostname) ? ok(url.origin) : fail('insecure_server')
}
