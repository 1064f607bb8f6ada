// The lists: fetched with each session and change, cached by account.
import { expect, it } from 'vitest'
import { createEmitter } from '../../../../common/emitter.ts'
import { silentLogger } from '../../../../common/log.ts'
import type { Push } from '../../../../common/protocol/socket.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import type { AccountState, LinkState } from '../../../../common/snapshot.ts'
import type { Preferences } from '../../../../common/types.ts'
import { noLists, type AccountLists } from '../../../../main/store/lists-cache.ts'
import { createLists, type ListsDeps } from '../../../../main/store/lists.ts'
import { createFakeClock, reza, sara, settle } from '../shell/fixtures.ts'

const signedIn: AccountState = { state: 'signedIn', server: 'https://a', user: sara, remembered: true }
const signedOut: AccountState = { state: 'signedOut', lastServer: '', lastUsername: '', error: null }

const setUp = (cached: Record<string, AccountLists> = {}) => {
  const changed = createEmitter<undefined>(() => undefined)
  const pushed = createEmitter<Push>(() => undefined)
  const clock = createFakeClock()
  const asked: string[] = []
  const now = {
    account: signedOut as AccountState,
    link: { state: 'joined' } as LinkState,
    favourites: [] as readonly string[],
    preferences: { callWaiting: false, doNotDisturb: 'off' } as Preferences,
    failing: false
  }
  const stored = new Map(Object.entries(cached))
  const answer = async <T>(name: string, value: () => T): Promise<Result<T>> => {
    asked.push(name)
    const taken = value()
    await Promise.resolve()
    return now.failing ? fail('unavailable') : ok(taken)
  }
  const session: ListsDeps['session'] = {
    account: () => now.account,
    link: () => now.link,
    onChanged: (listener) => changed.on(listener),
    onPush: pushed.on,
    rest: {
      directory: () => answer('directory', () => [sara, reza]),
      favourites: () => answer('favourites', () => ({ usernames: [...now.favourites] })),
      setFavourites: (given) => answer('set', () => given),
      preferences: () => answer('preferences', () => now.preferences),
      setPreferences: (given) => answer('setPreferences', () => given),
      blocked: () => answer('blocked', () => ({ usernames: ['666'] })),
      setBlocked: (given) => answer('setBlocked', () => given)
    }
  }
  const lists = createLists({
    session,
    clock,
    log: silentLogger,
    cache: {
      load: async (account) => stored.get(account) ?? noLists,
      save: async (account, value) => void stored.set(account, value),
      settled: async () => undefined
    }
  })
  const become = async (account: AccountState) => {
    now.account = account
    changed.emit(undefined)
    await settle()
  }
  const push = async (value: Push) => {
    pushed.emit(value)
    await settle()
  }
  const welcome = () => push({ name: 'session.welcome', data: {} as never })
  const favouritesChanged = () => push({ name: 'lists.changed', data: { lists: ['favourites', 'history'] } })
  return { lists, now, asked, stored, clock, become, push, welcome, favouritesChanged }
}

it('are fetched at each welcome, and one by one when they change', async () => {
  const { lists, asked, become, welcome, push } = setUp()
  await become(signedIn)
  expect(asked).toEqual([])
  await welcome()
  expect(asked.sort()).toEqual(['blocked', 'directory', 'favourites', 'preferences'])
  expect(lists.get()).toMatchObject({
    directory: [sara, reza],
    favourites: [],
    preferences: { callWaiting: false },
    blocked: ['666']
  })
  asked.length = 0
  await push({ name: 'lists.changed', data: { lists: ['favourites'] } })
  expect(asked).toEqual(['favourites'])
  await push({ name: 'lists.changed', data: { lists: ['preferences', 'blocked'] } })
  expect(asked).toEqual(['favourites', 'preferences', 'blocked'])
})

it('how others are is known as long as the server can say so', async () => {
  const { lists, now, become, welcome, push } = setUp()
  await become(signedIn)
  await welcome()
  expect(lists.availability()).toBeNull()
  await push({ name: 'availability.changed', data: { whole: true, users: [{ userId: 'u2', is: 'in_call' }] } })
  expect(lists.availability()).toEqual({ u2: 'in_call' })
  now.link = { state: 'disconnected', was: 'joined', since: 0, nextTryAt: null }
  await become(signedIn)
  expect(lists.availability()).toBeNull()
})

it('preferences and the block list are what the server has taken', async () => {
  const { lists, now, stored, become } = setUp()
  await become(signedIn)
  const silent = { callWaiting: true, doNotDisturb: 'silent' } as const
  expect(await lists.setPreferences(silent)).toEqual(ok({}))
  expect(await lists.setBlocked(['102'])).toEqual(ok({}))
  expect(lists.get()).toMatchObject({ preferences: silent, blocked: ['102'] })
  expect(stored.get('https://a 101')).toMatchObject({ preferences: silent, blocked: ['102'] })
  now.failing = true
  expect(await lists.setPreferences({ ...silent, doNotDisturb: 'off' })).toMatchObject({ ok: false })
  expect(lists.get().preferences).toEqual(silent)
})

it('a change during a fetch is fetched after it', async () => {
  const { lists, now, become, favouritesChanged } = setUp()
  await become(signedIn)
  const both = Promise.all([favouritesChanged(), favouritesChanged()])
  now.favourites = ['102']
  await both
  expect(lists.get().favourites).toEqual(['102'])
})

it('a failed fetch is tried again after a while, as long as there is a session', async () => {
  const { lists, now, asked, clock, become, favouritesChanged } = setUp()
  await become(signedIn)
  now.failing = true
  await favouritesChanged()
  now.failing = false
  clock.advance(4_999)
  expect(asked).toHaveLength(1)
  now.favourites = ['102']
  clock.advance(1)
  await settle()
  expect(lists.get().favourites).toEqual(['102'])
  now.failing = true
  now.link = { state: 'disconnected', was: 'joined', since: 0, nextTryAt: null }
  await favouritesChanged()
  asked.length = 0
  clock.advance(60_000)
  expect(asked).toEqual([])
})

it('nothing of an account stays after signing out, and nothing of one shows in another', async () => {
  const { lists, stored, become, welcome } = setUp()
  await become(signedIn)
  await welcome()
  await become(signedOut)
  expect(lists.get()).toEqual(noLists)
  expect(stored.get('https://a 101')).toMatchObject({ directory: [], favourites: [] })
  await become({ ...signedIn, user: reza })
  expect(lists.get()).toEqual(noLists)
})

it('a late answer for the account of before is dropped', async () => {
  const { lists, become, welcome } = setUp()
  await become(signedIn)
  const late = welcome()
  await become({ ...signedIn, user: reza })
  await late
  expect(lists.get()).toEqual(noLists)
})

it('favourites that were set for the account of before are not those of the next', async () => {
  const { lists, stored, become } = setUp()
  await become(signedIn)
  const late = lists.setFavourites(['102'])
  await become({ ...signedIn, user: reza })
  expect(await late).toEqual(ok({}))
  expect(lists.get()).toEqual(noLists)
  expect(stored.get('https://a 102')).toBeUndefined()
})
