// Takes a route's input from the request and holds it against the route's schema. Decides nothing about who may ask.
import type { IncomingMessage } from 'node:http'
import { maxMessageBytes } from '../../common/protocol/values.ts'
import { fail, type Failure } from '../../common/result.ts'
import { readJson } from './body.ts'
import type { Route } from './route.ts'

/** `problems`: everything that does not fit, for those who are told all of it. */
export type Given =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: Failure; readonly problems: readonly string[] }

const mostProblems = 10

/** Errors: bad_request, and those of readJson. */
export const inputOf = async (
  request: IncomingMessage,
  url: URL,
  route: Route,
  inPath: Readonly<Record<string, string>>,
  bodyMs: number
): Promise<Given> => {
  if (route.input === null) return { ok: true, value: {} }
  const { input } = route
  const given =
    input.from === 'body'
      ? await readJson(request, { maxMs: bodyMs, maxBytes: input.maxBytes ?? maxMessageBytes })
      : { ok: true as const, value: input.from === 'path' ? inPath : Object.fromEntries(url.searchParams) }
  if (!given.ok) return { ...given, problems: [] }
  const parsed = input.schema.safeParse(given.value)
  if (parsed.success) return { ok: true, value: parsed.data }
  // The path and the rule, never the value: it may be a password.
  const problems = parsed.error.issues
    .slice(0, mostProblems)
    .map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`.slice(0, 300))
  return { ...fail('bad_request', problems[0]), problems }
}
