// Tokens of applications in a data folder whose server does not run yet, and requests of a back end to one that does.
import { silentLogger } from '../../../common/log.ts'
import { createClock } from '../../../server/clock.ts'
import { createApplications } from '../../../server/identity/applications.ts'
import { createStore } from '../../../server/store/index.ts'

/** One new token for each of these applications. */
export const mintTokens = async (dataDir: string, ...applicationIds: readonly string[]): Promise<readonly string[]> => {
  const clock = createClock()
  const store = await createStore({ dataDir, databaseUrl: undefined }, { log: silentLogger, clock })
  try {
    const { mintToken } = createApplications(store.applicationStore, clock)
    const tokens: string[] = []
    for (const applicationId of applicationIds) tokens.push(await mintToken(applicationId))
    return tokens
  } finally {
    await store.close()
  }
}

export type Told = { readonly status: number; readonly body: unknown }

/** What the server says to a back end with this token. */
export const createAsk =
  (server: string, token: string) =>
  async (
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {}
  ): Promise<Told> => {
    const answer = await fetch(`${server}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    return { status: answer.status, body: await answer.json() }
  }
