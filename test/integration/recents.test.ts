// Past calls of one user on two devices, through the app's own store and a real server: missed, seen, found, taken away.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { noNames } from '../../common/contacts/names.ts'
import { silentLogger } from '../../common/log.ts'
import { createClock } from '../../main/clock.ts'
import { noNewest } from '../../main/store/recents-cache.ts'
import { createRecents, type Recents } from '../../main/store/recents.ts'
import { createTestPhone, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  await server.stop()
})

const recentsOf = ({ session }: TestPhone): Recents =>
  createRecents({
    session,
    cache: {
      load: async () => noNewest,
      save: async () => undefined,
      loadKept: async () => null,
      saveKept: async () => undefined,
      settled: async () => undefined
    },
    names: () => noNames,
    clock: createClock(),
    log: silentLogger
  })

it('what was missed is seen on all devices once it is on one, and what is taken away is gone for this user alone', async () => {
  const [caller, desk, laptop] = await Promise.all(
    ['101', '102', '102'].map((username) => createTestPhone({ server: server.url, username }))
  )
  if (caller === undefined || desk === undefined || laptop === undefined) throw new Error('no phones')
  const [theirs, mine, other] = [recentsOf(caller), recentsOf(desk), recentsOf(laptop)]
  const idsOf = (recents: Recents) => recents.newest().map(({ callId }) => callId)

  for (let calls = 1; calls <= 2; calls += 1) {
    const dialled = caller.phone.dial('102')
    if (!dialled.ok) throw new Error(dialled.error.code)
    await Promise.all([desk, laptop].map((phone) => phone.until('a ring', (all) => all.find(({ can }) => can.decline))))
    caller.phone.hangUp(dialled.value.session)
    await expect.poll(() => [mine.missed(), other.missed()]).toEqual([calls, calls])
  }
  expect(theirs.missed()).toBe(0)

  mine.markSeen()
  expect(mine.missed()).toBe(0)
  await expect.poll(() => other.missed()).toBe(0)

  const found = await other.more({ q: 'سارا', filter: 'missed', cursor: null, limit: 1 })
  expect(found).toMatchObject({ ok: true, value: { from: 'server', result: [{ direction: 'inbound' }] } })
  const next = found.ok ? found.value.next : null
  expect(await other.more({ q: 'سارا', filter: 'missed', cursor: next, limit: 1 })).toMatchObject({
    ok: true,
    value: { next: null, result: [{ callId: idsOf(other)[1] }] }
  })

  const [last = ''] = idsOf(mine)
  const details = await mine.details(last)
  expect(details.ok && details.value.timeline.map(({ event }) => event)).toEqual(['started', 'ringing', 'ended'])
  expect(await mine.remove([last])).toEqual({ ok: true, value: {} })
  await expect.poll(() => idsOf(other)).not.toContain(last)
  expect(await other.restore([last])).toEqual({ ok: true, value: {} })
  await expect.poll(() => idsOf(mine)).toContain(last)
  expect(await other.clear()).toEqual({ ok: true, value: {} })
  await expect.poll(() => idsOf(mine)).toEqual([])
  await expect.poll(() => idsOf(theirs).length).toBe(2)

  for (const recents of [theirs, mine, other]) recents.close()
  await Promise.all([caller.close(), desk.close(), laptop.close()])
})
