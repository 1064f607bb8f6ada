// The tray menu: who can be called, what can be done about calls, and how it reads in both languages.
import { describe, expect, it } from 'vitest'
import { trayIcon, trayMenu, trayTooltip, type TrayItem } from '../../../../main/shell/tray-menu.ts'
import { callView, historyRow, only, person, reza, sara, snapshotOf, talking } from './fixtures.ts'

const flat = (items: readonly TrayItem[]): readonly TrayItem[] =>
  items.flatMap((item) => (item.type === 'submenu' ? [item, ...flat(item.items)] : [item]))
const ids = (items: readonly TrayItem[]) => flat(items).flatMap((item) => ('id' in item ? [item.id] : []))
const find = (items: readonly TrayItem[], id: string) => flat(items).find((item) => 'id' in item && item.id === id)

describe('dialling', () => {
  const snapshot = snapshotOf({
    favourites: ['102'],
    recents: [
      historyRow(),
      historyRow({ callId: 'n.8' }),
      historyRow({ callId: 'n.7', peer: person('555', 'Left', '') })
    ]
  })

  it('offers favourites, each recent peer once, and the others of the directory', () => {
    expect(ids(trayMenu(snapshot))).toEqual([
      'open',
      'doNotDisturb',
      'doNotDisturb:off',
      'doNotDisturb:busy',
      'doNotDisturb:silent',
      'favourites',
      'favourite:102',
      'recents',
      'recent:102',
      'recent:555',
      'contacts',
      'contact:102',
      'dialClipboard',
      'quit'
    ])
    expect(find(trayMenu(snapshot), 'favourite:102')).toMatchObject({
      label: 'Reza (102)',
      enabled: true,
      action: { kind: 'dial', to: '102' }
    })
    expect(find(trayMenu(snapshot), 'recent:555')).toMatchObject({ label: 'Left (555)' })
  })

  it('is not possible without a connection', () => {
    const menu = trayMenu({ ...snapshot, link: { state: 'disconnected', was: 'joined', since: 0, nextTryAt: null } })
    for (const id of ['favourite:102', 'recent:102', 'contact:102']) {
      expect(find(menu, id)).toMatchObject({ enabled: false })
    }
  })

  it('is not offered to somebody who is signed out', () => {
    const menu = trayMenu({
      ...snapshot,
      account: { state: 'signedOut', lastServer: '', lastUsername: '', error: null }
    })
    expect(ids(menu)).toEqual(['open', 'quit'])
    expect(find(menu, 'open')).toMatchObject({ label: 'Sign in…' })
  })
})

describe('calls', () => {
  it('an incoming one can be answered and declined, before everything else', () => {
    const menu = trayMenu(snapshotOf({ calls: [callView()] }))
    expect(ids(menu).slice(0, 4)).toEqual(['call:s1', 'answer:s1', 'decline:s1', 'open'])
    expect(menu[0]).toMatchObject({ type: 'heading', label: 'Reza (102): Incoming call' })
    expect(find(menu, 'answer:s1')).toMatchObject({ action: { kind: 'answer', session: 's1' } })
  })

  it('one in conversation can be muted and hung up', () => {
    const menu = trayMenu(snapshotOf({ calls: [talking({ muted: true })] }))
    expect(ids(menu).slice(0, 3)).toEqual(['call:s1', 'mute:s1', 'hangUp:s1'])
    expect(find(menu, 'mute:s1')).toMatchObject({
      checked: true,
      action: { kind: 'mute', session: 's1', muted: false }
    })
  })

  it('one that was answered here is not incoming any more, though the server has not said so yet', () => {
    const answered = callView({ floor: true, can: only('hangUp') })
    const waiting = callView({ session: 's2', can: only('decline') })
    const snapshot = snapshotOf({ calls: [answered, waiting] })
    expect(find(trayMenu(snapshot), 'call:s1')).toMatchObject({ label: 'Reza (102): Connecting…' })
    expect(find(trayMenu(snapshot), 'call:s2')).toMatchObject({ label: 'Reza (102): Incoming call' })
    expect(trayTooltip(snapshot)).toBe('Tamas: Reza (102): Connecting…')
    expect(trayTooltip(snapshotOf({ calls: [waiting] }))).toBe('Tamas: Reza (102): Incoming call')
  })

  it('several stand one below the other, what rings first; ended ones are gone', () => {
    const ended = callView({ session: 's3', status: 'finished', can: talking().can })
    const menu = trayMenu(snapshotOf({ calls: [talking(), callView({ session: 's2' }), ended] }))
    expect(ids(menu).slice(0, 7)).toEqual([
      'call:s2',
      'answer:s2',
      'endAndAnswer:s2',
      'decline:s2',
      'call:s1',
      'mute:s1',
      'hangUp:s1'
    ])
    expect(ids(menu).join()).not.toContain('s3')
  })
})

describe('several calls', () => {
  const held = talking({
    session: 's2',
    floor: false,
    held: { mine: true, theirs: false },
    can: only('resume', 'hangUp', 'mute')
  })

  it('one talks and can be held, the other waits and can be switched to', () => {
    const talk = talking({ can: only('hold', 'hangUp', 'mute') })
    const menu = trayMenu(snapshotOf({ calls: [talk, held] }))
    expect(find(menu, 'hold:s1')).toMatchObject({
      label: 'Hold: Reza',
      action: { kind: 'hold', session: 's1', held: true }
    })
    expect(find(menu, 'call:s2')).toMatchObject({ label: 'Reza (102): On hold' })
    expect(find(menu, 'resume:s2')).toMatchObject({
      label: 'Switch to this call: Reza',
      action: { kind: 'hold', session: 's2', held: false }
    })
    expect(find(trayMenu(snapshotOf({ calls: [held] })), 'resume:s2')).toMatchObject({ label: 'Resume' })
  })

  it('each entry names its person, also where the name is of another script', () => {
    const mina = person('103', '', 'مینا')
    const menu = trayMenu(snapshotOf({ calls: [talking(), { ...held, peer: mina }] }))
    expect(find(menu, 'hangUp:s1')).toMatchObject({ label: 'Hang up: Reza' })
    expect(find(menu, 'hangUp:s2')).toMatchObject({ label: 'Hang up: \u2068مینا\u2069' })
    expect(find(menu, 'mute:s2')).toMatchObject({ label: 'Mute: \u2068مینا\u2069' })
    expect(find(trayMenu(snapshotOf({ calls: [talking()] })), 'hangUp:s1')).toMatchObject({ label: 'Hang up' })
  })

  it('says who is on hold: them, or this person; and a lost connection before that', () => {
    const line = (part: Parameters<typeof talking>[0]) =>
      find(trayMenu(snapshotOf({ calls: [talking(part)] })), 'call:s1')
    expect(line({ held: { mine: false, theirs: true } })).toMatchObject({ label: 'Reza (102): You are on hold' })
    expect(line({ held: { mine: true, theirs: true } })).toMatchObject({ label: 'Reza (102): On hold' })
    expect(line({ status: 'paused', held: { mine: true, theirs: false } })).toMatchObject({
      label: 'Reza (102): Reconnecting…'
    })
  })

  it('a second one is answered by holding or by ending the first', () => {
    const second = callView({ session: 's2' })
    const menu = trayMenu(snapshotOf({ calls: [talking(), second] }))
    expect(find(menu, 'answer:s2')).toMatchObject({ label: 'Hold and answer: Reza', action: { kind: 'answer' } })
    expect(find(menu, 'endAndAnswer:s2')).toMatchObject({ action: { kind: 'answer', session: 's2', others: 'end' } })
    const alone = trayMenu(snapshotOf({ calls: [second] }))
    expect(find(alone, 'answer:s2')).toMatchObject({ label: 'Answer' })
    expect(find(alone, 'endAndAnswer:s2')).toBeUndefined()
  })

  it('a talk on another device is continued here, and a call that a back end made is joined', () => {
    const moving = trayMenu(snapshotOf({ calls: [callView({ direction: 'outbound', moving: true })] }))
    expect(moving[0]).toMatchObject({ label: 'Reza (102): Continue the call here?' })
    expect(find(moving, 'answer:s1')).toMatchObject({ label: 'Continue here' })
    const made = callView({ direction: 'outbound', status: 'new', joinable: true, can: only('join') })
    const menu = trayMenu(snapshotOf({ calls: [made] }))
    expect(menu[0]).toMatchObject({ label: 'Reza (102): Waiting for you to join' })
    expect(find(menu, 'join:s1')).toMatchObject({ label: 'Join', action: { kind: 'join', session: 's1' } })
    expect(find(menu, 'dismiss:s1')).toMatchObject({ label: 'No, thanks', action: { kind: 'dismiss', session: 's1' } })
  })
})

it('do not disturb offers its three ways, so that none is lost, and the icon and the tooltip say it', () => {
  const off = snapshotOf()
  const on = snapshotOf({ preferences: { callWaiting: true, doNotDisturb: 'busy' } })
  const chosen = (menu: readonly TrayItem[]) => flat(menu).filter((item) => item.type === 'radio' && item.checked)
  expect(find(trayMenu(off), 'doNotDisturb')).toMatchObject({ label: 'Do not disturb' })
  expect(chosen(trayMenu(off))).toMatchObject([{ id: 'doNotDisturb:off' }])
  expect(find(trayMenu(on), 'doNotDisturb')).toMatchObject({ label: 'Do not disturb: Callers find you busy' })
  expect(chosen(trayMenu(on))).toMatchObject([{ id: 'doNotDisturb:busy' }])
  expect(find(trayMenu(on), 'doNotDisturb:busy')).toMatchObject({ action: { kind: 'doNotDisturb', way: 'busy' } })
  expect([trayIcon(on), trayTooltip(on)]).toEqual(['quiet', 'Tamas: Do not disturb'])
  expect([trayIcon({ ...on, missed: 2 }), trayTooltip({ ...on, missed: 2 })]).toEqual([
    'missed',
    'Tamas: 2 missed calls, Do not disturb'
  ])
  expect(trayTooltip({ ...on, locale: 'fa', missed: 2 })).toBe('تماس: ۲ تماس از دست رفته، مزاحم نشوید')
})

it('calls it a return, not an answer, where the call goes on without the person', () => {
  const left = talking({ can: only('answer', 'hangUp') })
  expect(find(trayMenu(snapshotOf({ calls: [left] })), 'answer:s1')).toMatchObject({ label: 'Back to the call' })
  expect(find(trayMenu(snapshotOf({ calls: [callView()] })), 'answer:s1')).toMatchObject({ label: 'Answer' })
})

it('has no separator at an end and no two in a row', () => {
  for (const snapshot of [snapshotOf(), snapshotOf({ calls: [talking()], missed: 2 }), snapshotOf({ directory: [] })]) {
    const kinds = trayMenu(snapshot).map(({ type }) => type)
    expect(kinds[0]).not.toBe('separator')
    expect(kinds.at(-1)).not.toBe('separator')
    expect(kinds.join()).not.toContain('separator,separator')
  }
})

it('keeps the direction of numbers in Persian', () => {
  const menu = trayMenu(snapshotOf({ locale: 'fa', favourites: ['102'], missed: 12 }))
  expect(find(menu, 'favourite:102')).toMatchObject({ label: '\u2068رضا\u2069 (\u2066102\u2069)' })
  expect(find(menu, 'missed')).toMatchObject({ label: '۱۲ تماس از دست رفته' })
  expect(find(menu, 'quit')).toMatchObject({ label: 'خروج' })
})

it('isolates a Persian name in an English line', () => {
  const nameless = person('103', '', 'مینا')
  const menu = trayMenu(snapshotOf({ directory: [sara, nameless] }))
  expect(find(menu, 'contact:103')).toMatchObject({ label: '\u2068مینا\u2069 (\u2066103\u2069)' })
})

it('shows what is most urgent in the icon and says it in the tooltip', () => {
  const cases = [
    [snapshotOf(), 'idle', 'Tamas: Online'],
    [snapshotOf({ missed: 1 }), 'missed', 'Tamas: 1 missed call'],
    [snapshotOf({ link: { state: 'connected' }, missed: 1 }), 'offline', 'Tamas: No connection'],
    [
      snapshotOf({ account: { state: 'signedOut', lastServer: '', lastUsername: '', error: null } }),
      'offline',
      'Tamas: Signed out'
    ],
    [snapshotOf({ calls: [talking({ peer: reza })], missed: 1 }), 'call', 'Tamas: Reza (102): In call'],
    [snapshotOf({ calls: [talking({ session: 's2' }), callView()] }), 'alert', 'Tamas: Reza (102): In call']
  ] as const
  for (const [snapshot, icon, tooltip] of cases) {
    expect([trayIcon(snapshot), trayTooltip(snapshot)]).toEqual([icon, tooltip])
  }
})
