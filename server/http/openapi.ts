// The OpenAPI description, made from the routes and their schemas, so that it cannot say anything else than they do.
import { z } from 'zod'
import { restError } from '../../common/protocol/rest.ts'
import type { Route } from './routes.ts'

const json = (schema: object): object => ({ content: { 'application/json': { schema } } })

const plain = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}

const queryParameters = (schema: z.ZodType): readonly object[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property
  }))
}

const operation = (route: Route): object => ({
  summary: route.summary,
  security: route.access === 'signedIn' ? [{ bearer: [] }] : [],
  ...(route.input?.from === 'query' ? { parameters: queryParameters(route.input.schema) } : {}),
  ...(route.input?.from === 'body'
    ? { requestBody: { required: true, ...json(plain(route.input.schema, 'input')) } }
    : {}),
  responses: {
    [route.status]: {
      description: 'Done',
      ...(route.output === null ? {} : json(plain(route.output, 'output')))
    },
    default: { description: 'Failed', ...json(plain(restError, 'output')) }
  }
})

/** An OpenAPI 3.1 document. */
export const describeApi = (routes: readonly Route[]): object => {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route)
  return {
    openapi: '3.1.0',
    info: { title: 'Tamas call server', version: '1', description: 'Sign-in, directory, history and favourites.' },
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } }
  }
}
