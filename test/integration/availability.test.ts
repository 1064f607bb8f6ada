// Whether others can be called, as the app's own lists learn it from a real server: come, talk, not to be disturbed, go.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLogger } from '../../common/log.ts'
import { createClock } from '../../main/clock.ts'
import { noLists } from '../../main/store/lists-cache.ts'
import { createLists } from '../../main/store/lists.ts'
import { createTestPhone, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  await server.stop()
})

const listsOf = ({ session }: TestPhone) =>
  createLists({
    session,
    cache: { load: async () => noLists, save: async () => undefined, settled: async () => undefined },
    clock: createClock(),
    log: silentLogger
  })

it('is seen by the others from coming to going', { timeout: 40_000 }, async () => {
  const watcher = await createTestPhone({ server: server.url, username: '101' })
  const lists = listsOf(watcher)
  const other = await createTestPhone({ server: server.url, username: '102' })
  const account = other.session.account()
  const userId = account.state === 'signedIn' ? account.user.userId : ''
  const becomes = (is: string | undefined) =>
    expect.poll(() => lists.availability()?.[userId], { timeout: 12_000 }).toBe(is)
  await becomes('available')

  expect(watcher.phone.dial('102').ok).toBe(true)
  const ringing = await other.until('a ring', (calls) => calls.find(({ can }) => can.decline))
  expect(lists.availability()?.[userId]).toBe('available')
  other.phone.answer(ringing.session)
  await becomes('in_call')
  other.phone.hangUp(ringing.session)
  await becomes('available')

  await other.session.rest.setPreferences({ callWaiting: true, doNotDisturb: 'busy' })
  await becomes('do_not_disturb')
  await other.session.rest.setPreferences({ callWaiting: true, doNotDisturb: 'off' })
  await becomes('available')
  await other.session.rest.setBlocked({ usernames: ['101'] })
  await becomes(undefined)
  await other.session.rest.setBlocked({ usernames: [] })
  await becomes('available')

  await other.close()
  await becomes(undefined)
  lists.close()
  await watcher.close()
})
