// The address that a packed app looks for updates at: given when packing, read again by the app. Pure.
import { fail, ok, type Result } from '../../common/result.ts'
import { readServerUrl } from '../session/server-url.ts'

const parse = (text: string): URL | null => {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/**
 * The address, with a slash at its end. Errors: bad_request, insecure_server. Whoever can change what comes from there gives
 * everybody their own app, so it is https, but for this machine alone.
 */
export const readFeed = (given: string): Result<string> => {
  const url = parse(given)
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '') {
    return fail('bad_request', 'the address of updates is https://… without a query')
  }
  const origin = readServerUrl(url.origin)
  if (!origin.ok) return origin
  return ok(url.href.endsWith('/') ? url.href : `${url.href}/`)
}
