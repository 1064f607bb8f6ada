// @vitest-environment happy-dom
// Several calls in the window: hold, swap, a second call, keys, transfer, conference, move, and what may not disturb.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import { outcomes } from '../../../../common/call/outcome.ts'
import { announcements } from '../../../../renderer/state/announcements.ts'
import { nextStep, offers, onStage, pauseReason, timeLeft } from '../../../../renderer/state/calls.ts'
import { withBlocked } from '../../../../renderer/state/disturb.ts'
import { digitOf } from '../../../../renderer/state/keypad.ts'
import { callOf, callsOf, now } from './made-up-calls.ts'
import { asks, button, close, open, press, settle } from './page.ts'

afterEach(close)

const names = () => [...document.querySelectorAll('button')].map((one) => one.textContent.trim())

describe('hold', () => {
  it('is a button that says what it would do next, and the state stands in words', async () => {
    const { bridge } = await open('talking')
    button('Hold').click()
    bridge.change({ calls: callsOf('held') })
    await settle()
    expect(document.querySelector('.stage')?.textContent).toContain('On hold')
    button('Resume').click()
    expect(asks(bridge, 'hold')).toEqual([
      { session: 's1', held: true },
      { session: 's1', held: false }
    ])
  })
  it('of the other side is said, and not as a mute', async () => {
    const { bridge } = await open('talking')
    bridge.change({ calls: callsOf('held-by-them') })
    await settle()
    expect(document.querySelector('.stage')?.textContent).toContain('They put you on hold')
    expect(document.querySelector('[aria-live=polite]')?.textContent).toBe('Sara Rahimi put you on hold')
  })
  it('of one call beside another: the strip swaps and merges', async () => {
    const { bridge } = await open('two-calls')
    expect(document.querySelector('.bar')?.textContent).toContain('On hold')
    button('Swap: Hold this call and go on with Niloufar Yazdani').click()
    button('Merge: Talk together with Niloufar Yazdani').click()
    expect(asks(bridge, 'hold')).toEqual([{ session: 's2', held: false }])
    expect(asks(bridge, 'merge')).toEqual([{ session: 's1', withSession: 's2' }])
  })
})

describe('a second call', () => {
  it('is said at once, before everything else in the order of keys, and taken three ways', async () => {
    const { bridge } = await open('talking')
    bridge.change({ calls: callsOf('second-call') })
    await settle()
    expect(document.querySelector('[aria-live=assertive]')?.textContent).toBe(
      'Niloufar Yazdani is calling while you are in a call'
    )
    expect(document.activeElement?.tagName).not.toBe('BUTTON')
    expect(names().slice(0, 3)).toEqual(['Hold and answer', 'End and answer', 'Decline'])
    button('Hold and answer').click()
    button('End and answer').click()
    button('Decline').click()
    press(document.body, { key: 'Enter', ctrlKey: true })
    expect(asks(bridge, 'answer')).toEqual([{ session: 's2' }, { session: 's2', others: 'end' }, { session: 's2' }])
    expect(asks(bridge, 'decline')).toEqual([{ session: 's2' }])
  })
  it('that may not disturb is in a strip, said politely, and can be answered', async () => {
    const { bridge } = await open('contacts')
    bridge.change({ calls: callsOf('silent') })
    await settle()
    expect(document.querySelector('.stage')).toBeNull()
    expect(document.querySelector('[aria-live=assertive]')?.textContent).toBe('')
    expect(document.querySelector('[aria-live=polite]')?.textContent).toContain('is calling, quietly')
    button('Answer').click()
    expect(asks(bridge, 'answer')).toEqual([{ session: 's1' }])
  })
  it('offered by another device of the same person says that', async () => {
    const { bridge } = await open('moving')
    expect(document.querySelector('.kicker')?.textContent).toBe('Continue the call here?')
    button('Continue here').click()
    button('Not here').click()
    expect([asks(bridge, 'answer'), asks(bridge, 'decline')]).toEqual([[{ session: 's1' }], [{ session: 's1' }]])
  })
  it('that a back end asks for is joined', async () => {
    const { bridge } = await open('joinable')
    expect(document.querySelector('.stage')).toBeNull()
    button('Join the call with Arash Kamali').click()
    expect(asks(bridge, 'join')).toEqual([{ session: 's1' }])
    button('No, thanks: call with Arash Kamali').click()
    expect(asks(bridge, 'dismiss')).toEqual([{ session: 's1' }])
  })
})

describe('the keypad', () => {
  it('sends what is pressed on it and on the keyboard, Persian digits too, and closes with Escape', async () => {
    const { bridge } = await open('talking')
    press(document.body, { key: '5' })
    expect(asks(bridge, 'dtmf')).toEqual([])
    button('Keypad').click()
    flushSync()
    button('1').click()
    press(document.body, { key: '۲' })
    press(document.body, { key: '#' })
    press(document.body, { key: '3', ctrlKey: true })
    press(document.body, { key: '4', repeat: true })
    expect(asks(bridge, 'dtmf')).toEqual(['1', '2', '#'].map((digits) => ({ session: 's1', digits })))
    expect(document.querySelector('.keypad output')?.textContent.trim()).toBe('12#')
    press(document.body, { key: 'Escape' })
    expect(document.querySelector('.keypad')).toBeNull()
  })
  it('takes nothing that is typed in a field', async () => {
    const { bridge } = await open('talking', { wide: true })
    button('Keypad').click()
    flushSync()
    const field = document.querySelector('.contacts input')
    if (field === null) throw new Error('no field')
    press(field, { key: '7' })
    expect(asks(bridge, 'dtmf')).toEqual([])
  })
  it.each([
    ['٣', '3'],
    ['*', '*'],
    ['a', null],
    ['', null],
    ['12', null]
  ])('%j is %j', (key, digit) => {
    expect(digitOf({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false })).toBe(digit)
  })
})

describe('a transfer', () => {
  it('is made by keyboard alone, waiting for the answer', async () => {
    const { bridge } = await open('talking')
    // happy-dom knows no popovers.
    Object.assign(HTMLElement.prototype, { hidePopover: () => undefined })
    button('More').click()
    document
      .querySelector('[role=dialog][popover]')
      ?.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }))
    flushSync()
    button('Transfer…').click()
    await vi.waitUntil(() => document.querySelector('dialog[open]') !== null)
    const query = document.querySelector<HTMLInputElement>('dialog .query')
    if (query === null) throw new Error('no dialog')
    query.value = 'کمالی'
    query.dispatchEvent(new Event('input', { bubbles: true }))
    flushSync()
    press(query, { key: 'Enter' })
    expect(asks(bridge, 'transfer')).toEqual([{ session: 's1', to: '103', mode: 'attended' }])
  })
  it('says who is connected with whom on both sides, and can be cancelled where it was made', async () => {
    const { bridge } = await open('transferring')
    expect(document.querySelector('.stage')?.textContent).toContain('Connecting Sara Rahimi to Arash Kamali')
    button('Cancel the transfer').click()
    expect(asks(bridge, 'cancelTransfer')).toEqual([{ session: 's1' }])
    bridge.change({ calls: callsOf('being-transferred') })
    await settle()
    expect(document.querySelector('.stage')?.textContent).toContain('Sara Rahimi is connecting you to Arash Kamali')
  })
  it('that comes to nothing says why, in the call and to screen readers', async () => {
    const { bridge } = await open('transferring')
    const call = callOf('talking')
    const to = callOf('transferring').transfer ?? call.peer
    bridge.change({ calls: [{ ...call, transferFailed: { to, outcome: 'no_answer' } }] })
    await settle()
    expect(document.querySelector('.stage')?.textContent).toContain('Arash Kamali did not answer.')
    expect(document.querySelector('[aria-live=polite]')?.textContent).toBe(
      'Arash Kamali did not answer. You are with Sara Rahimi again.'
    )
  })
})

it('a conference shows everybody and is split', async () => {
  const { bridge } = await open('conference')
  expect(document.querySelector('h1 .selectable')?.textContent).toBe('Sara Rahimi and Niloufar Yazdani')
  expect(document.querySelector('.bar')?.textContent).toContain('In the conference')
  button('Split').click()
  expect(asks(bridge, 'split')).toEqual([{ session: 's1' }])
})

it('a conference is ended as a whole, and the button of its second call does not say otherwise', async () => {
  const { bridge } = await open('conference')
  expect([...document.querySelectorAll('.bar button')].map((one) => one.className)).not.toContain('round stop')
  button('Minimise the call').click()
  await settle()
  button('End the conference').click()
  expect(asks(bridge, 'hangUp')).toHaveLength(1)
})

it('do not disturb is chosen in the header, and people are blocked and unblocked', async () => {
  const { bridge } = await open('contacts', { wide: true })
  const busy = document.querySelector<HTMLInputElement>('header input[value=busy]')
  busy?.click()
  flushSync()
  expect(asks(bridge, 'setPreferences')).toEqual([{ callWaiting: true, doNotDisturb: 'busy' }])
  expect(button('Do not disturb: Callers find you busy').getAttribute('popovertarget')).not.toBeNull()
  document.querySelector<HTMLButtonElement>('[data-row] .person')?.click()
  flushSync()
  button('Block Sara Rahimi').click()
  await settle()
  expect(document.querySelector('.card')?.textContent).toContain('Blocked')
  button('Unblock Sara Rahimi').click()
  expect(asks(bridge, 'setBlocked')).toEqual([{ usernames: ['101'] }, { usernames: [] }])
  expect(withBlocked(['1', '2'], '1', true)).toEqual(['2', '1'])
})

describe('what follows from the calls', () => {
  it('what comes quietly never takes the stage, unless it is brought there', () => {
    const silent = callOf('silent')
    expect(onStage([silent], null)).toBeNull()
    expect(onStage([silent], 's1')).toBe(silent)
    expect(onStage([callOf('joinable')], 's1')).toBeNull()
    expect(offers([silent], null)).toEqual([silent])
    const can = { ...silent.can, answer: false, decline: false }
    const missed = {
      ...silent,
      can,
      status: 'finished',
      end: { reason: 'missed', by: 'server', at: 0, outcome: 'missed' }
    } as const
    expect(onStage([missed], null)).toBeNull()
    expect(onStage([{ ...missed, silent: false }], null)).not.toBeNull()
    expect(offers([callOf('incoming')], callOf('incoming'))).toEqual([])
  })
  it('the time that is left is told only at its end', () => {
    expect(timeLeft(callOf('time-left'), now)).toBe(35_000)
    expect(timeLeft({ ...callOf('time-left'), timeLeft: 'enough' }, now)).toBeNull()
    expect(timeLeft(callOf('time-left'), now + 60_000)).toBe(0)
  })
  it('a pause is explained by whose sound is lost', () => {
    expect(pauseReason(callOf('paused'), true)).toBe('pausedMine')
    expect(pauseReason(callOf('paused-theirs'), true)).toBe('pausedTheirs')
    expect(pauseReason(callOf('paused-theirs'), false)).toBe('pausedNoLink')
  })
  it('every end offers a next step or none, with its sentence', () => {
    const over = callOf('ended')
    const steps = outcomes.map((outcome) => [
      outcome,
      nextStep({ ...over, end: { reason: 'hangup', by: 'server', at: 0, outcome } })
    ])
    expect(Object.fromEntries(steps)).toMatchObject({
      missed: 'callBack',
      busy: 'tryAgain',
      connection_lost: 'tryAgain',
      they_hung_up: 'callAgain',
      answered_elsewhere: 'none'
    })
    for (const locale of ['en', 'fa'] as const) expect(catalogue(locale).several.advice.connection_lost).not.toBe('')
    const end = { reason: 'hangup', by: 'caller', at: 0, outcome: 'they_hung_up' } as const
    expect(nextStep({ ...over, conference: [over.peer], end }), 'of a conference: whom?').toBe('none')
  })
  it('time that runs out is said', () => {
    const said = announcements([callOf('talking')], [callOf('time-left')], 'en', catalogue('en'))
    expect(said).toEqual([{ urgent: false, text: 'Less than a minute is left for this call.' }])
  })
})
