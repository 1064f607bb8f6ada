// Notifications: that a daemon on the bus shows them, replaces them, withdraws them and is believed only about its own.
import { describe, expect, it } from 'vitest'
import { escapeMarkup } from '../../../../main/shell/notifier/linux.ts'
import { wantedNotifications as wantedWhere } from '../../../../main/shell/notifier/wanted.ts'
import { createFakeBus, incoming, setUp, wantedNotifications } from './fake-notification-daemon.ts'
import { callView, historyRow, person, settle, snapshotOf } from './fixtures.ts'
describe('not believed', () => {
  it('a signal from anybody but the daemon', async () => {
    const { update, signal, acted } = await setUp()
    await update(incoming)
    signal('ActionInvoked', 1, 'answer', ':1.99')
    signal('ActionInvoked', 1, 'answer', 'org.freedesktop.Notifications')
    expect(acted).toEqual([])
  })

  it("a signal about another program's notification", async () => {
    const { update, signal, acted } = await setUp()
    await update(incoming)
    signal('ActionInvoked', 7, 'answer')
    expect(acted).toEqual([])
  })

  it('the daemon of before, once the name has another owner', async () => {
    const { update, signal, setOwner, acted } = await setUp()
    await update(incoming)
    setOwner(':1.6')
    await settle()
    signal('ActionInvoked', 1, 'answer', ':1.5')
    expect(acted).toEqual([])
  })

  it('a click on a notification that the daemon has closed', async () => {
    const { update, signal, acted } = await setUp()
    await update(incoming)
    signal('NotificationClosed', 1, 2)
    signal('ActionInvoked', 1, 'answer')
    expect(acted).toEqual([])
  })
})

describe('on the desktop', () => {
  it('asks for urgency, no expiry and the two buttons, and reports the alert once the daemon took it', async () => {
    const { update, of, shown } = await setUp()
    await update(incoming)
    const [app, replaces, icon, title, body, actions, hints, expiry] = of('Notify')[0]?.body ?? []
    expect([app, replaces, icon, title, body, expiry]).toEqual([
      'Tamas',
      0,
      '/icon.png',
      'Incoming call',
      'Reza (102)',
      0
    ])
    expect(actions).toEqual(['default', '', 'answer', 'Answer', 'decline', 'Decline'])
    expect(hints).toMatchObject({ urgency: { signature: 'y', value: 2 }, category: { value: 'call.incoming' } })
    expect(shown).toEqual(['s1'])
  })

  it('turns clicks into actions of their own call', async () => {
    const { update, signal, acted } = await setUp()
    await update(snapshotOf({ calls: [callView(), callView({ session: 's2' })] }))
    signal('ActionInvoked', 2, 'decline')
    signal('ActionInvoked', 1, 'answer')
    signal('ActionInvoked', 1, 'default')
    signal('ActionInvoked', 1, 'something')
    expect(acted).toEqual([
      { kind: 'decline', session: 's2' },
      { kind: 'answer', session: 's1' },
      { kind: 'open' },
      { kind: 'open' }
    ])
  })

  it('a missed call is called back, or shown where missed calls are', async () => {
    const { update, signal, acted } = await setUp()
    await update(snapshotOf({ recents: [historyRow()], missed: 1 }))
    signal('ActionInvoked', 1, 'default')
    signal('ActionInvoked', 1, 'callBack')
    expect(acted).toEqual([
      { kind: 'open', at: 'recents' },
      { kind: 'callBack', to: '102' }
    ])
  })

  it('withdraws at once; a click that is on its way then still names its call', async () => {
    const { update, of, signal, acted } = await setUp()
    await update(incoming)
    await update(snapshotOf())
    expect(of('CloseNotification')).toEqual([{ member: 'CloseNotification', body: [1] }])
    signal('ActionInvoked', 1, 'answer')
    expect(acted).toEqual([{ kind: 'answer', session: 's1' }])
  })

  it('closing resolves only once the daemon has heard that all is withdrawn', async () => {
    const { calls, update, notifier } = await setUp()
    await update(incoming)
    await notifier.close()
    expect(calls.map(({ member }) => member).at(-1)).toBe('CloseNotification')
  })

  it('withdraws what was cancelled before the daemon took it', async () => {
    const { notifier, of, shown } = await setUp()
    notifier.update(wantedNotifications(incoming))
    notifier.update([])
    await settle()
    expect(of('Notify').length).toBe(of('CloseNotification').length)
    expect(shown).toEqual([])
  })

  it('replaces by id, and does nothing while nothing changes', async () => {
    const { update, of } = await setUp()
    await update(incoming)
    await update({ ...incoming, tone: 'ringing' })
    expect(of('Notify')).toHaveLength(1)
    await update({ ...incoming, locale: 'fa' })
    expect(of('Notify').map(({ body }) => body[1])).toEqual([0, 1])
  })

  it('asks the daemon for the sound of a call while the page is away, and takes it back once the page rings', async () => {
    const { notifier, of } = await setUp()
    for (const isPageAway of [true, false]) {
      notifier.update(wantedWhere(incoming, isPageAway))
      await settle()
    }
    const hints = of('Notify').map(({ body }) => body[6])
    expect(hints[0]).toMatchObject({ 'sound-name': { signature: 's', value: 'phone-incoming-call' } })
    expect(hints[0]).not.toHaveProperty('suppress-sound')
    expect(hints[1]).toMatchObject({ 'suppress-sound': { signature: 'b', value: true } })
    expect(hints[1]).not.toHaveProperty('sound-name')
    expect(of('Notify').map(({ body }) => body[1])).toEqual([0, 1])
  })

  it('escapes the body for daemons that read markup, and only for them', async () => {
    const tricky = snapshotOf({ calls: [callView({ peer: person('1', '<b>A</b> & B', '') })] })
    const markup = await setUp()
    await markup.update(tricky)
    expect(markup.of('Notify')[0]?.body[4]).toBe('&lt;b&gt;A&lt;/b&gt; &amp; B (1)')
    const plain = await setUp(createFakeBus(['actions']))
    await plain.update(tricky)
    expect(plain.of('Notify')[0]?.body[4]).toBe('<b>A</b> & B (1)')
    expect(escapeMarkup('&lt;')).toBe('&amp;lt;')
  })

  it('shows again what is wanted when the daemon was started anew, and reports only after that', async () => {
    const { update, of, setOwner, signal, acted } = await setUp()
    await update(incoming)
    setOwner(null)
    await settle()
    setOwner(':1.6')
    await settle()
    expect(of('Notify').map(({ body }) => body[1])).toEqual([0, 0])
    signal('ActionInvoked', 2, 'decline', ':1.6')
    expect(acted).toEqual([{ kind: 'decline', session: 's1' }])
  })

  it('does not feed a daemon for ever that dies of what it is shown', async () => {
    const { update, of, setOwner } = await setUp()
    await update(incoming)
    for (let round = 0; round < 30; round += 1) {
      setOwner(`:2.${String(round)}`)
      await settle()
    }
    expect(of('Notify').length).toBeLessThan(10)
  })

  it('shows a dismissed notification again only when it has news', async () => {
    const { update, of, signal } = await setUp()
    const missed = snapshotOf({ recents: [historyRow()], missed: 1 })
    await update(missed)
    signal('NotificationClosed', 1, 2)
    await update({ ...missed, tone: 'none' })
    expect(of('Notify')).toHaveLength(1)
    await update({ ...missed, missed: 2 })
    expect(of('Notify')[1]?.body[1]).toBe(0)
  })
})

describe('a daemon that answers after the deadline', () => {
  it('has its notification withdrawn where it is not wanted any more', async () => {
    const { update, of, late, setSlow } = await setUp()
    setSlow(true)
    await update(incoming)
    await update(snapshotOf())
    expect(of('CloseNotification')).toEqual([])
    late[0]?.()
    await settle()
    expect(of('CloseNotification').map(({ body }) => body)).toEqual([[1]])
  })

  it('is believed about it while it is wanted, and it is withdrawn with its call', async () => {
    const { update, of, late, setSlow, signal, acted } = await setUp()
    setSlow(true)
    await update(incoming)
    late[0]?.()
    await settle()
    signal('ActionInvoked', 1, 'answer')
    expect(acted).toEqual([{ kind: 'answer', session: 's1' }])
    await update(snapshotOf())
    expect(of('CloseNotification').map(({ body }) => body)).toEqual([[1]])
  })

  it('leaves one notification, the newest, where two were asked for meanwhile', async () => {
    const { update, of, late, setSlow } = await setUp()
    setSlow(true)
    await update(incoming)
    setSlow(false)
    await update({ ...incoming, locale: 'fa' })
    late[0]?.()
    await settle()
    expect(of('CloseNotification').map(({ body }) => body)).toEqual([[1]])
  })

  it('of before the restart is asked for nothing: its ids are those of another now', async () => {
    const { update, of, late, setSlow, setOwner } = await setUp()
    setSlow(true)
    await update(incoming)
    setSlow(false)
    setOwner(':1.6')
    await update(snapshotOf())
    const closed = of('CloseNotification').length
    late[0]?.()
    await settle()
    expect(of('CloseNotification')).toHaveLength(closed)
  })
})

describe('falls back to a plain notification', () => {
  it('where the daemon has no buttons', async () => {
    const { update, of, plain, shown } = await setUp(createFakeBus(['body']))
    await update(incoming)
    expect([of('Notify').length, plain, shown]).toEqual([0, ['call:s1'], ['s1']])
    await update(snapshotOf())
    expect(plain).toEqual(['call:s1', '-call:s1'])
  })

  it('where there is no bus', async () => {
    const { update, plain } = await setUp(createFakeBus(), () => Promise.reject(new Error('no bus')))
    await update(incoming)
    expect(plain).toEqual(['call:s1'])
  })

  it('but not for a call that was over by the time no daemon was found', async () => {
    let refuse: (error: Error) => void = () => undefined
    const { notifier, plain } = await setUp(createFakeBus(), () => new Promise((_resolve, reject) => (refuse = reject)))
    notifier.update(wantedNotifications(incoming))
    await settle()
    notifier.update([])
    refuse(new Error('no bus'))
    await settle()
    expect(plain.filter((key) => !key.startsWith('-'))).toEqual([])
  })

  it('where there is no daemon, and comes back to it when one starts', async () => {
    const fake = createFakeBus()
    fake.setOwner(null)
    const { update, plain, of, setOwner } = await setUp(fake)
    await update(incoming)
    expect(plain).toEqual(['call:s1'])
    setOwner(':1.5')
    await settle()
    expect(of('Notify')).toHaveLength(1)
    expect(plain).toEqual(['call:s1', '-call:s1'])
  })
})
