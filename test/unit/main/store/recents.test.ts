// Past calls in the app: the newest page, what was missed, what is kept for later, and what is done with them.
import { describe, expect, it } from 'vitest'
import { createNameBook } from '../../../../common/contacts/names.ts'
import type { RecentsAsked } from '../../../../common/ipc.ts'
import { ok } from '../../../../common/result.ts'
import { noNewest } from '../../../../main/store/recents-cache.ts'
import { mostKept } from '../../../../main/store/recents.ts'
import { reza, settle } from '../shell/fixtures.ts'
import { all, away, call, calls, setUp, signedIn, signedOut } from './recents-world.ts'
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
    expect(server.asked.filter((asked) => asked.startsWith('remove'))).toEqual(['remove c80,c3'])
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
