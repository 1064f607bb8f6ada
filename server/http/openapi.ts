// The OpenAPI description, made from the routes and their schemas, so that it cannot say anything else than they do.
import { z } from 'zod'
import { backEndError, idempotencyKey } from '../../common/protocol/back-end.ts'
import { restError } from '../../common/protocol/rest.ts'
import type { Route } from './route.ts'

/** A schema as OpenAPI writes it, as far as the readable page looks into it. */
export type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}
type Content = { readonly content?: { readonly 'application/json': { readonly schema: JsonSchema } } }
export type Parameter = {
  readonly name: string
  readonly in: 'query' | 'path' | 'header'
  readonly required: boolean
  readonly schema: JsonSchema
}
export type Operation = {
  readonly summary: string
  readonly tags: readonly string[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required: true } & Content
  readonly responses: Readonly<Record<string, { readonly description: string } & Content>>
}
export type ApiDocument = {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly securitySchemes: Readonly<Record<string, object>> }
}

const plain = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return rest as JsonSchema
}

const json = (schema: z.ZodType, io: 'input' | 'output'): Required<Content> => ({
  content: { 'application/json': { schema: plain(schema, io) } }
})

const parametersOf = (route: Route): readonly Parameter[] => {
  const key: readonly Parameter[] =
    route.access === 'application' && route.keyed
      ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: plain(idempotencyKey, 'input') }]
      : []
  if (route.input === null || route.input.from === 'body') return key
  const { from } = route.input
  const { properties = {}, required = [] } = plain(route.input.schema, 'input')
  const named = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: from,
    required: from === 'path' || required.includes(name),
    schema
  }))
  return [...named, ...key]
}

const securityOf: Readonly<Record<Route['access'], Operation['security']>> = {
  anyone: [],
  signedIn: [{ phone: [] }],
  application: [{ application: [] }]
}

const operation = (route: Route): Operation => {
  const parameters = parametersOf(route)
  const isBackEnd = route.access === 'application'
  return {
    summary: route.summary,
    tags: [isBackEnd ? 'Back ends' : 'Phones'],
    security: securityOf[route.access],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.input?.from === 'body' ? { requestBody: { required: true, ...json(route.input.schema, 'input') } } : {}),
    responses: {
      [route.status]: { description: 'Done', ...(route.output === null ? {} : json(route.output, 'output')) },
      default: { description: 'Failed', ...json(isBackEnd ? backEndError : restError, 'output') }
    }
  }
}

/** An OpenAPI 3.1 document. */
export const describeApi = (routes: readonly Route[]): ApiDocument => {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tamas call server',
      version: '1',
      description: 'Endpoints and calls for back ends; sign-in, directory, history and preferences for phones.'
    },
    paths,
    components: {
      securitySchemes: {
        phone: { type: 'http', scheme: 'bearer', description: 'An access token, from signing in or joining.' },
        application: {
          type: 'http',
          scheme: 'bearer',
          description: "The token of an application, for its back end only; the server's operator makes it."
        }
      }
    }
  }
}
