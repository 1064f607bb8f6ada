// Which notifications are wanted of a snapshot.
import { describe, expect, it } from 'vitest'
import { wantedNotifications as wantedWhere } from '../../../../main/shell/notifier/wanted.ts'
import type { AppSnapshot } from '../../../../common/snapshot.ts'
import { defaultPreferences } from '../../../../common/protocol/rest.ts'
import { defaultSettings } from '../../../../common/protocol/settings.ts'
import { incoming, wantedNotifications } from './fake-notification-daemon.ts'
import { callView, historyRow, only, person, snapshotOf, talking } from './fixtures.ts'
describe('wanted', () => {
  it('nothing in peace, for an own call, after the answer, or where the person does not want it', () => {
    expect(wantedNotifications(snapshotOf())).toEqual([])
    expect(
      wantedNotifications(snapshotOf({ calls: [callView({ direction: 'outbound', can: only('hangUp') })] }))
    ).toEqual([])
    expect(wantedNotifications(snapshotOf({ calls: [talking()] }))).toEqual([])
    expect(wantedNotifications({ ...incoming, settings: { ...defaultSettings, notifyIncoming: false } })).toEqual([])
    const answering = callView({ can: only('hangUp') })
    expect(wantedNotifications(snapshotOf({ calls: [answering] }))).toEqual([])
    expect(wantedNotifications(snapshotOf({ calls: [callView({ silent: true })] }))).toEqual([])
  })

  it('one for a call that alerts, from its offer on', () => {
    const offered = callView({ status: 'new' })
    expect(wantedNotifications(snapshotOf({ calls: [offered] }))).toEqual(wantedNotifications(incoming))
    expect(wantedNotifications(incoming)).toMatchObject([
      {
        key: 'call:s1',
        title: 'Incoming call',
        body: 'Reza (102)',
        buttons: [
          { key: 'answer', label: 'Answer', action: { kind: 'answer', session: 's1' } },
          { key: 'decline', label: 'Decline', action: { kind: 'decline', session: 's1' } }
        ]
      }
    ])
  })

  it('a second call offers to hold the first, and a talk on another device to go on here', () => {
    const second = wantedNotifications(snapshotOf({ calls: [talking(), callView({ session: 's2', waiting: true })] }))
    expect(second).toMatchObject([
      { title: 'Another call', buttons: [{ label: 'Hold and answer' }, { label: 'Decline' }] }
    ])
    expect(
      wantedNotifications(snapshotOf({ calls: [callView({ direction: 'outbound', moving: true })] }))
    ).toMatchObject([{ title: 'Continue the call here?', buttons: [{ label: 'Continue here' }, { label: 'Decline' }] }])
  })

  it('lets the desktop ring only while the page is away that would ring, and not where ringing is turned down', () => {
    const sounds = (snapshot: AppSnapshot, isPageAway: boolean) =>
      wantedWhere(snapshot, isPageAway).map(({ sound }) => sound)
    expect(sounds(incoming, false)).toEqual([false])
    expect(sounds(incoming, true)).toEqual([true])
    expect(sounds(snapshotOf({ calls: [callView({ waiting: true })] }), true), 'who talks is called softly').toEqual([
      false
    ])
    expect(sounds({ ...incoming, settings: { ...defaultSettings, ringVolume: 0 } }, true)).toEqual([false])
    expect(sounds({ ...incoming, settings: { ...defaultSettings, ringtone: 'silent' } }, true)).toEqual([false])
    expect(sounds(snapshotOf({ recents: [historyRow()], missed: 1 }), true)).toEqual([false])
  })

  it('one for all missed calls, which calls back the last', () => {
    const rows = [
      historyRow({ callId: 'n.3', peer: person('103', 'Mina', ''), finishedAt: 3_000 }),
      historyRow({ callId: 'n.2', finishedAt: 2_000 })
    ]
    expect(wantedNotifications(snapshotOf({ recents: rows, missed: 2 }))).toMatchObject([
      { key: 'missed', title: '2 missed calls', body: 'Last from Mina (103)', buttons: [{ action: { to: '103' } }] }
    ])
    expect(wantedNotifications(snapshotOf({ recents: rows, missed: 0 }))).toEqual([])
    for (const doNotDisturb of ['busy', 'silent'] as const) {
      const preferences = { ...defaultPreferences, doNotDisturb }
      expect(wantedNotifications(snapshotOf({ recents: rows, missed: 2, preferences })), doNotDisturb).toEqual([])
    }
  })
})
