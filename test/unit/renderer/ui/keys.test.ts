// @vitest-environment happy-dom
// Which call keys mean where there are several, and what a reader of the screen is told meanwhile.
import { afterEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { CallView } from '../../../../common/snapshot.ts'
import { announcements } from '../../../../renderer/state/announcements.ts'
import { answerable } from '../../../../renderer/state/calls.ts'
import { snapshotOf, type StateName } from '../../../support/ui-gallery/states.ts'
import { asks, close, open, press, settle } from './page.ts'

afterEach(close)

const callsOf = (name: StateName): readonly CallView[] => snapshotOf(name, 'en', 'light', 0).calls

describe('keys, where one call rings and another may not disturb', () => {
  it('mean the one that rings, though the other came first, and it stands first', async () => {
    const { bridge } = await open('silent-and-loud')
    press(document.body, { key: 'Enter', ctrlKey: true })
    press(document.body, { key: 'Enter', ctrlKey: true, shiftKey: true })
    expect([asks(bridge, 'answer'), asks(bridge, 'decline')]).toEqual([[{ session: 's3' }], [{ session: 's3' }]])
    const [first, second] = document.querySelectorAll('.offer')
    expect(first?.querySelector('[aria-keyshortcuts="Control+Enter"]')?.textContent).toContain('Hold and answer')
    expect(second?.querySelector('[aria-keyshortcuts]')).toBeNull()
  })
  it('mean the quiet one once it is alone', async () => {
    const { bridge, snapshot } = await open('silent-and-loud')
    bridge.change({ calls: snapshot.calls.slice(0, 2) })
    await settle()
    press(document.body, { key: 'Enter', ctrlKey: true })
    expect(asks(bridge, 'answer')).toEqual([{ session: 's2' }])
  })
  it('are asked of the calls that can be answered alone', () => {
    expect(answerable(callsOf('silent-and-loud')).map(({ session }) => session)).toEqual(['s3', 's2'])
    expect(answerable(callsOf('joinable'))).toEqual([])
  })
})

describe.each(['en', 'fa'] as const)('a screen reader is told in %s', (locale) => {
  const strings = catalogue(locale)
  const said = (before: StateName, after: StateName) =>
    announcements(callsOf(before), callsOf(after), locale, strings).map(({ text, urgent }) => [urgent, text])
  const [sara, arash, niloufar] =
    locale === 'en' ? ['Sara Rahimi', 'Arash Kamali', 'Niloufar Yazdani'] : ['سارا رحیمی', 'آرش کمالی', 'نیلوفر یزدانی']

  it.each<[string, StateName, StateName, boolean, string]>([
    ['a waiting call, at once', 'talking', 'second-call', true, strings.several.announceWaiting(niloufar)],
    ['one put on hold here', 'talking', 'held', false, strings.several.heldByYou],
    ['one resumed here', 'held', 'talking', false, strings.several.resumedByYou],
    ['being held', 'talking', 'held-by-them', false, strings.several.heldByThemOf(sara)],
    ['being held no longer', 'held-by-them', 'talking', false, strings.several.resumedByThem(sara)],
    ['a transfer made here', 'talking', 'transferring', false, strings.several.connecting(sara, arash)],
    ['being transferred', 'talking', 'being-transferred', false, strings.several.connectingYou(sara, arash)],
    ['a conference', 'talking', 'conference-guest', false, [sara, niloufar].join(strings.shell.listSeparator)],
    ['its end', 'conference-guest', 'talking', false, strings.several.conferenceOver],
    ['little time', 'talking', 'time-left', false, strings.several.minuteLeft],
    ['hardly any time', 'time-left', 'time-seconds', false, strings.several.secondsLeft],
    ['a lost connection', 'talking', 'paused', false, strings.call.announcePaused],
    ['an offer of another device', 'contacts', 'moving', true, strings.several.moving(sara)],
    ['a call that may not disturb', 'contacts', 'silent', false, strings.several.silent(sara)],
    ['an invitation', 'contacts', 'joinable', false, strings.several.joinable(arash)]
  ])('%s', (_, before, after, urgent, text) => {
    const [first] = said(before, after)
    expect(first).toEqual([urgent, expect.stringContaining(text)])
  })
})
