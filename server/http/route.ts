// What a route is: where it answers, whom, what it takes and gives. Reads no sockets; the tables are phone-routes.ts and
// back-end-routes.ts.
import type { z } from 'zod'
import type { Result } from '../../common/result.ts'
import type { Application } from '../back-end/ports.ts'
import type { Session } from '../ports.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Who asks, and what was found in the request; `input` has passed the route's schema. */
type Asked<I> = { readonly input: I; readonly address: string }
type ByPhone<I> = Asked<I> & { readonly session: Session }
type ByBackEnd<I> = Asked<I> & { readonly application: Application; readonly idempotencyKey: string | null }

type Work<A> = (asked: A) => Promise<Result<object | undefined>>

type Described = {
  readonly method: Method
  /** A part in braces stands for one part of the path that is asked for, as in OpenAPI. */
  readonly path: string
  readonly summary: string
  readonly output: z.ZodType | null
  readonly status: 200 | 201 | 204
}

export type Input<S extends z.ZodType = z.ZodType> =
  | { readonly from: 'query' | 'path'; readonly schema: S }
  /** `maxBytes`: where a body may be longer than messages are. */
  | { readonly from: 'body'; readonly schema: S; readonly maxBytes?: number }

export type Route = Described & { readonly input: Input | null } & (
    | { readonly access: 'anyone'; readonly run: Work<Asked<unknown>> }
    /** By an access token. `scoped`: also of a sign-in that is good for one call. */
    | { readonly access: 'signedIn'; readonly scoped: boolean; readonly run: Work<ByPhone<unknown>> }
    /** By the token of an application. `keyed`: takes an Idempotency-Key. */
    | { readonly access: 'application'; readonly keyed: boolean; readonly run: Work<ByBackEnd<unknown>> }
  )

type With<S extends z.ZodType, A> = Described & { readonly input: Input<S> | null; readonly run: Work<A> }

// The schema has been applied when a route runs, so `input` is of its type; TypeScript cannot see that through a table.
export const anyone = <S extends z.ZodType>(route: With<S, Asked<z.infer<S>>>): Route =>
  ({ ...route, access: 'anyone' }) as Route
export const signedIn = <S extends z.ZodType>(
  route: With<S, ByPhone<z.infer<S>>> & { readonly scoped?: boolean }
): Route => ({ scoped: false, ...route, access: 'signedIn' }) as Route
export const forBackEnds = <S extends z.ZodType>(
  route: With<S, ByBackEnd<z.infer<S>>> & { readonly keyed?: boolean }
): Route => ({ keyed: false, ...route, access: 'application' }) as Route

/** What the braces of a route's path stand for in `pathname`; null where it is another path. */
export const matchPath = (pattern: string, pathname: string): Readonly<Record<string, string>> | null => {
  if (!pattern.includes('{')) return pattern === pathname ? {} : null
  const wanted = pattern.split('/')
  const given = pathname.split('/')
  if (wanted.length !== given.length) return null
  const found: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    const name = /^\{(.+)\}$/.exec(part)?.[1]
    if (name === undefined) {
      if (part !== value) return null
      continue
    }
    try {
      found[name] = decodeURIComponent(value)
    } catch {
      return null
    }
  }
  return found
}
