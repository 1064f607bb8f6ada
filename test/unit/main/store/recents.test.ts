// Past calls in the app: the newest page, what was missed, what is kept for later, and what is done with them.
import { describe, expect, it } from 'vitest'
import { createNameBook, noNames } from '../../../../common/contacts/names.ts'
import { createEmitter } from '../../../../common/emitter.ts'
import type { RecentsAsked } from '../../../../common/ipc.ts'
import { silentLogger } from '../../../../common/log.ts'
import type { Push } from '../../../../common/protocol/socket.ts'
import { ok } from '../../../../common/result.ts'
import type { AccountState, LinkState } from '../../../../common/snapshot.ts'
import type { HistoryEntry } from '../../../../common/types.ts'
import { unseenMissed } from '../../../../main/store/missed.ts'
import { noNewest, type Kept, type Newest } from '../../../../main/store/recents-cache.ts'
import { createRecents, mostKept } from '../../../../main/store/recents.ts'
import { createFakeClock, historyRow, reza, sara, settle } from '../shell/fixtures.ts'
import { createFakeHistory } from './fake-history.ts'

const signedIn: AccountState = { state: 'signedIn', server: 'https://a', user: sara, remembered: true }
const signedOut: AccountState = { state: 'signedOut', lastServer: '', error: null }
const joined: LinkState = { state: 'joined' }
const away: LinkState = { state: 'disconnected', was: 'joined', since: 0, nextTryAt: null }
const name = 'https://a 101'

const setUp = () => {
  const changed = createEmitter<undefined>(() => undefined)
  const pushed = createEmitter<Push>(() => undefined)
  const clock = createFakeClock()
  const server = createFakeHistory()
  const now = { account: signedOut as AccountState, link: joined as LinkState, names: noNames }
  const disk = { newest: new Map<string, Newest>(), kept: null as Kept | null }
  const start = () =>
    createRecents({
      session: {
        account: () => now.account,
        link: () => now.link,
        onChanged: (listener) => changed.on(listener),
        onPush: pushed.on,
        rest: server.rest
      },
      clock,
      names: () => now.names,
      log: silentLogger,
      cache: {
        load: async (account) => disk.newest.get(account) ?? noNewest,
        save: async (account, value) => void disk.newest.set(account, value),
        loadKept: async () => disk.kept,
        saveKept: async (value) => {
          disk.kept = value
        },
        settled: async () => undefined
      }
    })
  const recents = start()
  const become = async (account: AccountState, link: LinkState = joined) => {
    now.account = account
    now.link = link
    changed.emit(undefined)
    await settle()
  }
  const push = async (value: Push) => {
    pushed.emit(value)
    await settle()
  }
  const welcome = () => push({ name: 'session.welcome', data: {} as never })
  const told = () => push({ name: 'lists.changed', data: { lists: ['history'] } })
  const filled = async () => {
    clock.advance(5_000)
    await settle()
  }
  return { recents, server, disk, now, clock, start, become, welcome, told, filled }
}

const call = (at: number, part: Partial<HistoryEntry> = {}): HistoryEntry =>
  historyRow({ callId: `c${String(at)}`, createdAt: at, finishedAt: at, ...part })
const calls = (count: number, part: Partial<HistoryEntry> = {}) =>
  Array.from({ length: count }, (_, at) => call(at + 1, part))
const all: RecentsAsked = { cursor: null, limit: 50, q: '', filter: 'all' }

describe('missed calls', () => {
  it('are inbound ones that nobody took, and nothing else', () => {
    const rows: [Partial<HistoryEntry>, boolean][] = [
      [{ reason: 'missed' }, true],
      [{ reason: 'unreachable' }, true],
      [{ reason: 'busy' }, true],
      [{ reason: 'hangup', by: 'caller' }, true],
      [{ reason: 'hangup', by: 'caller', startedAt: 950 }, false],
      [{ reason: 'rejected', by: 'receptor' }, false],
      [{ reason: 'call_received', detail: 'answered_elsewhere' }, false],
      [{ reason: 'missed', direction: 'outbound' }, false],
      [{ reason: 'hangup', by: 'caller', direction: 'outbound' }, false]
    ]
    for (const [part, isMissed] of rows) {
      expect([part, unseenMissed([historyRow(part)], 0).length === 1]).toEqual([part, isMissed])
    }
    expect(unseenMissed([historyRow({ finishedAt: 10 })], 10)).toEqual([])
  })

  it('count until they are seen, which the server is told', async () => {
    const { recents, server, become, welcome } = setUp()
    server.now.rows = calls(3)
    await become(signedIn)
    await welcome()
    expect(recents.missed()).toBe(3)
    recents.markSeen()
    expect(recents.missed()).toBe(0)
    await settle()
    expect(server.now.seenAt).toBe(3)
    recents.markSeen()
    expect(server.asked.filter((one) => one.startsWith('seen'))).toEqual(['seen 3'])
  })

  it('that were seen on another device are seen here', async () => {
    const { recents, server, become, welcome, told } = setUp()
    server.now.rows = calls(2)
    await become(signedIn)
    await welcome()
    server.now.seenAt = 2
    await told()
    expect(recents.missed()).toBe(0)
  })

  it('that were seen without a connection stay seen, and the server is told with the next one', async () => {
    const { recents, server, become, welcome } = setUp()
    server.now.rows = calls(2)
    await become(signedIn)
    await welcome()
    await become(signedIn, away)
    recents.markSeen()
    await settle()
    expect([recents.missed(), server.now.seenAt]).toEqual([0, 0])
    server.now.rows = calls(3)
    await become(signedIn)
    await welcome()
    expect([recents.missed(), server.now.seenAt]).toEqual([1, 2])
  })

  it('are still there after a restart without a connection, unless they were seen', async () => {
    const { server, disk, start, become, welcome } = setUp()
    server.now.rows = calls(2)
    await become(signedIn)
    await welcome()
    await become(signedIn, away)
    const second = start()
    await settle()
    expect(second.missed()).toBe(2)
    second.markSeen()
    expect(disk.newest.get(name)?.marks).toMatchObject({ missed: 0, seenAt: 2 })
  })
})

describe('the newest page', () => {
  it('comes with the welcome and with each change, and again after a failure', async () => {
    const { recents, server, clock, become, welcome, told } = setUp()
    await become(signedIn)
    expect(server.asked).toEqual([])
    await welcome()
    server.now.rows = [call(1)]
    await told()
    expect(recents.newest()).toHaveLength(1)
    server.now.failing = true
    server.now.rows = calls(2)
    await told()
    server.now.failing = false
    clock.advance(5_000)
    await settle()
    expect(recents.newest()).toHaveLength(2)
  })

  it('of the account of before is dropped, and nothing of it stays', async () => {
    const { recents, server, disk, become, welcome, filled } = setUp()
    server.now.rows = calls(1)
    await become(signedIn)
    const late = welcome()
    await become({ ...signedIn, user: reza })
    await late
    expect(recents.newest()).toEqual([])
    await welcome()
    await filled()
    expect(disk.kept?.account).toBe('https://a 102')
    await become(signedOut)
    expect([recents.newest(), disk.kept, disk.newest.get('https://a 102')]).toEqual([[], null, noNewest])
  })
})

describe('what is kept', () => {
  it('is as much as is promised, without a gap, and asked for once only', async () => {
    const { recents, server, disk, become, welcome, told, filled } = setUp()
    server.now.rows = calls(mostKept + 700)
    await become(signedIn)
    await welcome()
    await filled()
    expect(disk.kept?.entries.length).toBe(mostKept)
    expect(disk.kept?.entries.at(-1)?.callId).toBe('c701')
    const before = server.asked.length
    server.now.rows = calls(mostKept + 701)
    await told()
    await filled()
    expect(server.asked.slice(before)).toEqual(['history {"limit":50}'])
    expect(disk.kept?.entries.length).toBe(mostKept)
    expect(disk.kept?.entries[0]?.callId).toBe(recents.newest()[0]?.callId)
  })

  it('is filled up where more than a page came meanwhile, and from the start where calls were taken away', async () => {
    const { server, disk, become, welcome, told, filled } = setUp()
    server.now.rows = calls(100)
    await become(signedIn)
    await welcome()
    await filled()
    server.now.rows = calls(300)
    await told()
    await filled()
    expect(disk.kept?.entries.map(({ callId }) => callId)).toEqual(
      calls(300)
        .map(({ callId }) => callId)
        .reverse()
    )
    server.change('c7', true)
    await told()
    await filled()
    expect(disk.kept?.entries.some(({ callId }) => callId === 'c7')).toBe(false)
    expect(disk.kept).toMatchObject({ edition: 1 })
  })

  it('stands in for the server, searched and narrowed like it', async () => {
    const { recents, server, become, welcome, filled } = setUp()
    const other = { userId: 'u9', username: '201', names: { en: 'Ali', fa: 'علي' } }
    server.now.rows = [...calls(120, { direction: 'outbound' }), call(200, { peer: other }), call(201, { peer: other })]
    await become(signedIn)
    await welcome()
    await filled()
    await become(signedIn, away)
    const first = await recents.more({ ...all, limit: 100 })
    if (!first.ok) throw new Error(first.error.code)
    expect([first.value.from, first.value.result.length]).toEqual(['kept', 100])
    // The connection is back: the list goes on where it was.
    await become(signedIn)
    const second = await recents.more({ ...all, cursor: first.value.next })
    expect(second).toMatchObject({ ok: true, value: { from: 'kept', next: null } })
    expect(second.ok && second.value.result.map(({ callId }) => callId)[0]).toBe('c22')
    await become(signedIn, away)
    const found = async (wanted: Partial<RecentsAsked>) => {
      const page = await recents.more({ ...all, ...wanted })
      return page.ok ? page.value.result.map(({ callId }) => callId) : page.error.code
    }
    expect(await found({ q: 'علی' })).toEqual(['c201', 'c200'])
    expect(await found({ filter: 'missed' })).toEqual(['c201', 'c200'])
    expect(await found({ filter: 'incoming', q: '20' })).toEqual(['c201', 'c200'])
    expect(await found({ filter: 'outgoing', q: 'ali' })).toEqual([])
    expect(await found({ cursor: 'made-up' })).toBe('bad_request')
  })
})

describe('a page', () => {
  it('comes from the server while it answers, and goes on from there without it', async () => {
    const { recents, server, become, welcome, filled } = setUp()
    server.now.rows = calls(120)
    await become(signedIn)
    await welcome()
    await filled()
    const first = await recents.more({ ...all, filter: 'missed', q: ' reza ' })
    if (!first.ok) throw new Error(first.error.code)
    expect(server.asked.at(-1)).toBe('history {"q":"reza","outcome":"missed","limit":50}')
    const second = await recents.more({ ...all, filter: 'missed', q: ' reza ', cursor: first.value.next })
    expect(second).toMatchObject({ ok: true, value: { from: 'server' } })
    server.now.failing = true
    const third = await recents.more({ ...all, cursor: first.value.next })
    expect(third).toMatchObject({ ok: true, value: { from: 'kept' } })
    expect(third.ok && second.ok && third.value.result).toEqual(second.ok && second.value.result)
  })
})

it('people are called and found as the own contacts name them, wherever the page comes from', async () => {
  const { recents, server, now, become, welcome, filled } = setUp()
  const other = { userId: 'u9', username: '201', names: { en: 'Ali', fa: '' } }
  server.now.rows = [...calls(120), call(60.5, { peer: other })]
  await become(signedIn)
  await welcome()
  await filled()
  const contact = { id: 'o1', company: '', numbers: [{ label: 'work' as const, value: '201' }], emails: [], note: '' }
  now.names = createNameBook([{ ...contact, name: 'My brother' }])
  const found = async (q: string) => {
    const page = await recents.more({ ...all, q, limit: 100 })
    return page.ok ? page.value.result.map(({ callId, peer }) => [callId, peer.names.en]) : page.error.code
  }
  expect(await found('brother')).toEqual([['c60.5', 'My brother']])
  expect(await found('ali')).toEqual([['c60.5', 'My brother']])
  await become(signedIn, away)
  expect(await found('brother')).toEqual([['c60.5', 'My brother']])
})

describe('taking away', () => {
  it('is done at the server, here at once, and costs no second look at all', async () => {
    const { recents, server, disk, become, welcome, filled } = setUp()
    server.now.rows = calls(80)
    await become(signedIn)
    await welcome()
    await filled()
    expect(await recents.remove(['c80', 'c3'])).toEqual(ok({}))
    await settle()
    expect(recents.newest().map(({ callId }) => callId)[0]).toBe('c79')
    expect(disk.kept).toMatchObject({ edition: 2 })
    expect(disk.kept?.entries.some(({ callId }) => callId === 'c3')).toBe(false)
    const before = server.asked.length
    await filled()
    expect(server.asked.length).toBe(before)
    expect(await recents.restore(['c3'])).toEqual(ok({}))
    await settle()
    await filled()
    expect(disk.kept?.entries.some(({ callId }) => callId === 'c3')).toBe(true)
  })

  it('all leaves what came after it was asked for', async () => {
    const { recents, server, disk, become, welcome, filled } = setUp()
    server.now.rows = calls(3)
    await become(signedIn)
    await welcome()
    server.now.rows = calls(4)
    expect(await recents.clear()).toEqual(ok({}))
    await settle()
    expect(recents.newest().map(({ callId }) => callId)).toEqual(['c4'])
    expect(recents.missed()).toBe(1)
    await filled()
    expect(disk.kept?.entries.map(({ callId }) => callId)).toEqual(['c4'])
  })

  it('that fails says so and changes nothing', async () => {
    const { recents, server, become, welcome } = setUp()
    server.now.rows = calls(3)
    await become(signedIn)
    await welcome()
    server.now.failing = true
    expect(await recents.remove(['c1'])).toMatchObject({ ok: false, error: { code: 'failed_to_connect' } })
    expect(await recents.clear()).toMatchObject({ ok: false })
    expect(recents.newest()).toHaveLength(3)
  })
})
