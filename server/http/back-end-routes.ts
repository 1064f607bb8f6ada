// The routes of applications' back ends, and the one place that maps them to what server/back-end can do.
import {
  backEndPaths,
  callDetail,
  callOrdered,
  callPath,
  callRequest,
  callsAnswer,
  callsQuery,
  endpoint,
  endpointRequest,
  endpointsAnswer,
  endpointsQuery
} from '../../common/protocol/back-end.ts'
import { ok } from '../../common/result.ts'
import type { BackEnd } from '../back-end/ports.ts'
import { forBackEnds, type Route } from './route.ts'

export const createBackEndRoutes = (backEnd: BackEnd): readonly Route[] => [
  forBackEnds({
    method: 'POST',
    path: backEndPaths.endpoints,
    summary: 'Makes an endpoint: somebody who can call and be called',
    input: { from: 'body', schema: endpointRequest },
    output: endpoint,
    status: 201,
    run: ({ application, input }) => backEnd.addEndpoint(application, input)
  }),
  forBackEnds({
    method: 'GET',
    path: backEndPaths.endpoints,
    summary: 'The endpoints of the application, by username',
    input: { from: 'query', schema: endpointsQuery },
    output: endpointsAnswer,
    status: 200,
    run: async ({ application, input }) => ok(await backEnd.endpoints(application, input))
  }),
  forBackEnds({
    method: 'POST',
    path: backEndPaths.calls,
    summary: 'Makes a call that either side can join: by their phones, or by a one-time code',
    input: { from: 'body', schema: callRequest },
    output: callOrdered,
    status: 201,
    keyed: true,
    run: ({ application, input, idempotencyKey }) => backEnd.order(application, input, idempotencyKey)
  }),
  forBackEnds({
    method: 'GET',
    path: backEndPaths.calls,
    summary: 'The calls of the application, newest first',
    input: { from: 'query', schema: callsQuery },
    output: callsAnswer,
    status: 200,
    run: async ({ application, input }) => ok(await backEnd.calls(application, input))
  }),
  forBackEnds({
    method: 'GET',
    path: backEndPaths.call,
    summary: 'One call: how it is or how it ended, and what happened in it',
    input: { from: 'path', schema: callPath },
    output: callDetail,
    status: 200,
    run: ({ application, input }) => backEnd.call(application, input.id)
  }),
  forBackEnds({
    method: 'DELETE',
    path: backEndPaths.call,
    summary: 'Ends a call, reason `killed`; one that is over stays as it ended',
    input: { from: 'path', schema: callPath },
    output: callDetail,
    status: 200,
    run: ({ application, input }) => backEnd.kill(application, input.id)
  })
]
