// Who may act for an application: tokens of back ends, minted once and kept as hashes. They are no phone's tokens: each
// kind is looked for in its own table only.
import { fail, ok } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { Applications } from '../back-end/ports.ts'
import { hashToken, mintToken } from './tokens.ts'

/** Every method throws StoreUnavailable (server/store) while the database is away. */
export type ApplicationStore = {
  /** Makes the application where it is new. */
  readonly addToken: (applicationId: string, hash: string, now: number) => Promise<void>
  /** How many there were. */
  readonly removeTokens: (applicationId: string) => Promise<number>
  readonly findToken: (hash: string) => Promise<string | null>
}

// So that a person, or a scanner of source code, sees what it is.
const mark = 'tamas_app_'

export const createApplications = (store: ApplicationStore, clock: Pick<Clock, 'now'>): Applications => ({
  mintToken: async (applicationId) => {
    const token = `${mark}${mintToken()}`
    await store.addToken(applicationId, hashToken(token), clock.now())
    return token
  },
  verify: async (token) => {
    const applicationId = token.startsWith(mark) ? await store.findToken(hashToken(token)) : null
    return applicationId === null
      ? fail('unauthenticated', 'This is no token of an application. Make one with server/admin.ts add-application.')
      : ok({ applicationId })
  }
})
