// What applications' back ends can do, put together. Speaks no HTTP: server/http maps routes to it.
import type { BackEnd } from './ports.ts'
import { createBackEndCalls, type BackEndCallsDeps } from './calls.ts'
import { createEndpoints, type EndpointsDeps } from './endpoints.ts'

/** Its methods throw StoreUnavailable while the database is away. */
export const createBackEnd = (deps: BackEndCallsDeps & EndpointsDeps): BackEnd => ({
  ...createEndpoints(deps),
  ...createBackEndCalls(deps)
})
