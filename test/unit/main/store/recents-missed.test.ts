// Missed calls: which they are, and until when they count.
import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../../../common/types.ts'
import { unseenMissed } from '../../../../main/store/missed.ts'
import { historyRow, settle } from '../shell/fixtures.ts'
import { away, calls, name, setUp, signedIn } from './recents-world.ts'
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
