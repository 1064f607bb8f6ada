// The app:// scheme: serves the built pages and nothing else, under a strict content security policy.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Protocol } from 'electron'

export const appScheme = 'app'
export const appHost = 'tamas'
export const appOrigin = `${appScheme}://${appHost}`

/** Whether a URL is a page of ours. */
export const isOwnUrl = (url: string): boolean => url.startsWith(`${appOrigin}/`)
/** Chromium names who asks by URL or by origin. */
export const isOwnOrigin = (requester: string): boolean => requester === appOrigin || isOwnUrl(requester)

/** The address of a page, by its file's name. */
export const pageUrl = (name: string): string => `${appOrigin}/${name}`

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm'
}

/** Pages reach nothing outside: no network (the socket lives in main), no inline code, no frames. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), display-capture=()'
}

/**
 * The file that a URL names inside `folder`, or null: another host, a way out of the folder, a kind of file that is
 * not served, or no URL at all.
 */
export const fileFor = (folder: string, url: string): string | null => {
  let pathname: string
  try {
    const parsed = new URL(url)
    if (parsed.protocol !== `${appScheme}:` || parsed.host !== appHost) return null
    pathname = decodeURIComponent(parsed.pathname)
  } catch {
    return null
  }
  if (pathname.includes('\0') || pathname.includes('\\')) return null
  const file = path.join(folder, pathname)
  const inside = path.relative(folder, file)
  if (inside === '' || inside.split(path.sep).includes('..') || path.isAbsolute(inside)) return null
  return path.extname(file).toLowerCase() in contentTypes ? file : null
}

/** Makes app:// a scheme like https for Chromium. Only before the app is ready. */
export const registerScheme = (protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }
  ])
}

/** Answers one request for a page's file. */
export const serve = async (
  folder: string,
  request: { readonly url: string; readonly method: string }
): Promise<Response> => {
  const file = request.method === 'GET' ? fileFor(folder, request.url) : null
  if (file === null) return new Response('Not found', { status: 404, headers })
  try {
    const body = await readFile(file)
    const contentType = contentTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream'
    return new Response(new Uint8Array(body), { headers: { ...headers, 'content-type': contentType } })
  } catch {
    return new Response('Not found', { status: 404, headers })
  }
}

/** Serves `folder` from now on. Once the app is ready. */
export const serveScheme = (protocol: Pick<Protocol, 'handle'>, folder: string): void => {
  protocol.handle(appScheme, (request) => serve(folder, request))
}
