// A look at the server: how quickly it answers, what time is there, whether it knows this account; and that it does not.
import { expect, it, vi } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { fail, ok } from '../../../../common/result.ts'
import type { AccountState, LinkState } from '../../../../common/snapshot.ts'
import { createServerCheck, type LookAt, type ServerCheckDeps } from '../../../../main/session/server-check.ts'

const wall = Date.parse('2026-11-23T11:00:00.500Z')
const signedIn: AccountState = {
  state: 'signedIn',
  server: 'https://calls.example.org',
  user: { userId: 'u', username: '102', names: { en: 'Kian', fa: '' } },
  remembered: true
}

/** Each answer takes as long as `tookMs` says, in turn; null: it never comes. */
const make = (
  tookMs: readonly (number | null)[],
  changed: { date?: string | null; account?: AccountState; link?: LinkState; refused?: boolean } = {}
) => {
  const { date = 'Mon, 23 Nov 2026 11:00:00 GMT', account = signedIn, link = { state: 'joined' } } = changed
  let steady = 0
  let asked = 0
  const fetch = vi.fn<LookAt>(async () => {
    const ms = tookMs[asked] ?? null
    asked += 1
    if (ms === null) throw new TypeError('fetch failed')
    steady += ms
    return Promise.resolve({ headers: { get: () => date }, arrayBuffer: async () => Promise.resolve(null) })
  })
  const preferences = vi.fn<ServerCheckDeps['session']['rest']['preferences']>(async () =>
    Promise.resolve(changed.refused ? fail('unauthenticated') : ok({ callWaiting: true, doNotDisturb: 'off' }))
  )
  const check = createServerCheck({
    session: { account: () => account, link: () => link, rest: { preferences } },
    fetch,
    clock: { now: () => 0, at: () => () => undefined },
    steady: () => steady,
    wallTime: () => wall,
    log: silentLogger
  })
  return { check, fetch, preferences }
}

it('tells the quickest of three answers, and whether the clocks agree', async () => {
  const { check, fetch } = make([120, 18, 22])
  expect(await check()).toEqual(ok({ reached: { roundTripMs: 18, clockAheadMs: 0 }, refused: null }))
  expect(fetch).toHaveBeenCalledTimes(3)
  expect(fetch.mock.calls[0]?.[0]).toBe('https://calls.example.org/healthz')
  expect(fetch.mock.calls[0]?.[1].redirect).toBe('error')
})

it.each([
  ['Mon, 23 Nov 2026 10:55:00 GMT', 300_000],
  ['Mon, 23 Nov 2026 11:02:00 GMT', -120_000],
  ['yesterday', null],
  [null, null]
])('of a server whose time is %s', async (date, clockAheadMs) => {
  expect(await make([1, 1, 1], { date }).check()).toMatchObject({ value: { reached: { clockAheadMs } } })
})

it('that does not answer is away, and nothing more is asked', async () => {
  const { check, fetch, preferences } = make([null])
  expect(await check()).toEqual(ok({ reached: null, refused: 'failed_to_connect' }))
  expect(fetch).toHaveBeenCalledOnce()
  expect(preferences).not.toHaveBeenCalled()
})

it('that answered once is there', async () => {
  expect(await make([30, null]).check()).toMatchObject({ value: { reached: { roundTripMs: 30 }, refused: null } })
})

it('that is there without a link, or does not know the account any more, is told so', async () => {
  const away: LinkState = { state: 'disconnected', was: 'joined', since: 0, nextTryAt: null }
  expect(await make([1, 1, 1], { link: away }).check()).toMatchObject({ value: { refused: 'disconnected' } })
  expect(await make([1, 1, 1], { refused: true }).check()).toMatchObject({ value: { refused: 'unauthenticated' } })
})

it('is looked at for whoever is signed in', async () => {
  const { check, fetch } = make([], { account: { state: 'signedOut', lastServer: '', lastUsername: '', error: null } })
  expect(await check()).toMatchObject({ error: { code: 'not_signed_in' } })
  expect(fetch).not.toHaveBeenCalled()
})
