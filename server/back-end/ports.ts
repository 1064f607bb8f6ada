// The seams of what applications and their back ends may do, between server/http, identity and this folder. Types only.
import type { CallId } from '../../common/ids.ts'
import type {
  CallDetail,
  CallOrdered,
  CallRequest,
  CallsAnswer,
  CallsQuery,
  Endpoint,
  EndpointRequest,
  EndpointsAnswer
} from '../../common/protocol/back-end.ts'
import type { JoinAnswer, JoinRequest } from '../../common/protocol/rest.ts'
import type { Result } from '../../common/result.ts'
import type { User } from '../ports.ts'

/** A tenant: users, devices and calls are its own, and its back end sees no others. */
export type Application = { readonly applicationId: string }

export type Applications = {
  /** Makes a token for the application's back end, and the application where it is new. Only its hash is kept. */
  readonly mintToken: (applicationId: string) => Promise<string>
  /** Errors: unauthenticated, which a phone's token is as well. */
  readonly verify: (token: string) => Promise<Result<Application>>
}

/** One-time codes, each of which lets one device into one call as one of its sides. */
export type Joins = {
  readonly mintCodes: (call: {
    readonly callId: CallId
    readonly caller: User
    readonly receptor: User
  }) => Promise<{ readonly caller: string; readonly receptor: string; readonly expiresAt: number }>
  /** Any of the join results is an answer. `address` is the asker's. Errors: rate_limited, unavailable. */
  readonly join: (request: JoinRequest, address: string) => Promise<Result<JoinAnswer>>
}

/** What back ends ask for. The details of its failures are sentences for whoever writes the back end. */
export type BackEnd = {
  /** Errors: already_exists, overloaded. */
  readonly addEndpoint: (application: Application, endpoint: EndpointRequest) => Promise<Result<Endpoint>>
  readonly endpoints: (application: Application, page: PageAsked) => Promise<EndpointsAnswer>
  /** Errors: not_found, duplicate_request (the key came with another body), and those of `CallOrders.createFor`. */
  readonly order: (application: Application, request: CallRequest, key: string | null) => Promise<Result<CallOrdered>>
  readonly calls: (application: Application, query: CallsQuery) => Promise<CallsAnswer>
  /** Errors: invalid_call. */
  readonly call: (application: Application, callId: CallId) => Promise<Result<CallDetail>>
  /** Ends it; one that is over stays as it ended. Errors: invalid_call, unavailable. */
  readonly kill: (application: Application, callId: CallId) => Promise<Result<CallDetail>>
}

export type PageAsked = { readonly page: number; readonly size: number }
