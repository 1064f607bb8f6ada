// @vitest-environment happy-dom
// What somebody in a talk is shown of its sound: a sign with a word, what hurts in a sentence, the numbers behind it.
import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFormat } from '../../../../common/i18n/format.ts'
import { catalogue } from '../../../../common/i18n/index.ts'
import { lineWords } from '../../../../renderer/state/line-words.ts'
import type { LineQuality } from '../../../../renderer/state/media-port.ts'
import { hearTheirs, newTheirVoice } from '../../../../renderer/state/their-voice.ts'
import { createFakeMedia } from '../../../support/ui-gallery/fake-sound.ts'
import { lines } from '../../../support/ui-gallery/lines.ts'
import { snapshotOf } from '../../../support/ui-gallery/states.ts'
import { button, close, open } from './page.ts'

const english = (line: LineQuality) => lineWords(line, catalogue('en'), createFormat('en-GB'))
const persian = (line: LineQuality) => lineWords(line, catalogue('fa'), createFormat('fa-IR'))

describe('what hurts a line, in a sentence', () => {
  it('names the cause, how much of it, and by whose network', () => {
    expect(english(lines.fair)).toBe('Your network loses 6% of what you hear.')
    expect(english(lines.poor)).toBe('Their network loses 18% of what you say.')
    expect(english(lines.late)).toBe('High delay: sound takes at least 560 ms.')
    const anyone = { kind: 'lossIn', share: 0.08, whose: 'unknown' } as const
    expect(english({ ...lines.fair, cause: anyone })).toBe('8% of what they say is lost on the way to you.')
    expect(persian(lines.fair)).toBe(catalogue('fa').quality.lossIn.mine('۶٪'))
  })

  it('is silent about a good line and an unknown one, and says that it gets better', () => {
    expect(english(lines.good)).toBeNull()
    expect(english(lines.unknown)).toBeNull()
    expect(english(lines.recovering)).toBe('The sound is getting better.')
  })
})

describe('nothing heard of the other side', () => {
  const after = (...heard: readonly { sounding: boolean | null; expected?: boolean }[]) =>
    heard.reduce(
      (voice, { sounding, expected = true }, index) => hearTheirs(voice, { sounding, expected, at: index * 2_000 }),
      newTheirVoice
    ).notice
  const silence = (looks: number, expected = true) =>
    Array.from({ length: looks }, () => ({ sounding: false, expected }))

  it('is told after ten seconds without any sound, until there is one', () => {
    expect(after(...silence(5))).toBe('nothing')
    expect(after(...silence(6))).toBe('unheard')
    expect(after(...silence(6), { sounding: true })).toBe('nothing')
  })

  it('is not told while they are muted, held or away, nor where nobody knows', () => {
    expect(after(...silence(20, false))).toBe('nothing')
    expect(after(...silence(5), ...silence(1, false), ...silence(5))).toBe('nothing')
    expect(after(...Array.from({ length: 20 }, () => ({ sounding: null })))).toBe('nothing')
  })
})

describe('in the talk', () => {
  const stage = () => document.querySelector('.stage')?.textContent ?? ''
  const said = () => document.querySelector('.how [role=status]')?.textContent
  const sign = () => document.querySelector<HTMLElement>('.stage .top [popovertarget]')
  const signShown = () =>
    vi.waitFor(
      () => {
        const found = sign()
        if (found === null) throw new Error('no sign')
        return found
      },
      { timeout: 15_000 }
    )

  const talk = async (line: LineQuality, locale: 'en' | 'fa' = 'en') => {
    const media = createFakeMedia(line)
    const { bridge } = await open('talking', { locale, sound: media })
    return { bridge, media }
  }

  let now = 0
  beforeEach(() => {
    now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
  })
  afterEach(close)

  it('nothing is shown before anybody has looked', async () => {
    const { media } = await talk(lines.unknown)
    await vi.dynamicImportSettled()
    expect(sign()).toBeNull()
    expect(stage()).toContain('In call')
    media.hear(lines.good)
    flushSync()
    expect((await signShown()).textContent).toBe('Good')
    expect(stage()).toContain('In call')
  })

  it.each([
    ['en', 'fair', 'Sound quality: Fair', 'Your network loses 6% of what you hear.'],
    ['en', 'late', 'Sound quality: Poor', 'High delay: sound takes at least 560 ms.'],
    ['fa', 'poor', 'کیفیت صدا: ضعیف', catalogue('fa').quality.lossOut.theirs('۱۸٪')]
  ] as const)(
    'a line that is not good is a sign with a word, and a sentence (%s, %s)',
    async (locale, line, name, words) => {
      await talk(lines[line], locale)
      expect((await signShown()).getAttribute('aria-label')).toBe(name)
      expect(document.querySelector('.how .line')?.textContent).toBe(words)
    }
  )

  it('the numbers are behind the sign', async () => {
    await talk(lines.poor)
    const panel = document.getElementById((await signShown()).getAttribute('popovertarget') ?? '')
    panel?.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }))
    flushSync()
    const rows = [...(panel?.querySelectorAll('.row') ?? [])].map((row) =>
      [...row.children].map(({ textContent }) => textContent)
    )
    expect(rows).toEqual([
      ['Mark, estimated (MOS)', '2.7 of 5'],
      ['Lost on the way to you', '0%'],
      ['Gaps that were filled', '0%'],
      ['Lost on the way to them', '18%'],
      ['Delay, at least', '60 ms'],
      ['Of that, waiting for late sound', '40 ms'],
      ['To the server and back', '40 ms']
    ])
  })

  it('screen readers are told once when it turns poor, and not with every look', async () => {
    const { media } = await talk(lines.good)
    const hear = (line: LineQuality) => {
      media.hear(line)
      flushSync()
    }
    hear(lines.fair)
    expect(said()).toBe('')
    hear(lines.poor)
    const words = 'The sound is poor now. Their network loses 18% of what you say.'
    expect(said()).toBe(words)
    hear({ ...lines.poor, cause: { kind: 'lossOut', share: 0.25, whose: 'theirs' } })
    expect(document.querySelector('.how .line')?.textContent).toContain('25%')
    expect(said()).toBe(words)
    hear(lines.recovering)
    expect(said()).toBe('')
  })

  it('nobody who holds is shown a line', async () => {
    const { bridge } = await talk(lines.poor)
    await signShown()
    bridge.change({ calls: snapshotOf('held-by-them', 'en', 'light', 0).calls })
    flushSync()
    expect(sign()).toBeNull()
    expect(document.querySelector('.how .line')).toBeNull()
    expect(button('Hang up')).toBeDefined()
  })

  it.each(['link', 'sound'] as const)('of a connection that is lost here nothing is measured (%s)', async (lost) => {
    const silent: LineQuality = { ...lines.poor, sounding: false }
    const { bridge, media } = await talk(silent)
    await signShown()
    const [call] = snapshotOf('talking', 'en', 'light', 0).calls
    if (call === undefined) throw new Error('no call')
    if (lost === 'link') bridge.change({ link: snapshotOf('reconnecting', 'en', 'light', 0).link })
    else bridge.change({ calls: [{ ...call, media: { ...call.media, mine: 'disconnected' } }] })
    flushSync()
    now = 20_000
    media.hear({ ...silent })
    flushSync()
    expect([sign(), document.querySelector('.how .line'), said()]).toEqual([null, null, ''])
    // Their silence counts from when they could be heard again.
    bridge.change({ link: { state: 'joined' }, calls: [call] })
    media.hear({ ...silent })
    flushSync()
    expect(stage()).not.toContain('Nothing is heard')
  })

  it('who hears nothing at all is told so, unless the other side is muted', async () => {
    const silent: LineQuality = { ...lines.good, sounding: false }
    const { bridge, media } = await talk(silent)
    expect(document.querySelector('.how .line')).toBeNull()
    now = 10_000
    media.hear({ ...silent })
    flushSync()
    expect(document.querySelector('.how .line')?.textContent).toBe(
      'Nothing is heard from Sara Rahimi. Is their microphone on?'
    )
    expect(said()).toContain('Nothing is heard')
    bridge.change({ calls: snapshotOf('peer-muted', 'en', 'light', 0).calls })
    flushSync()
    expect(document.querySelector('.how .line')).toBeNull()
    expect(stage()).toContain('Sara Rahimi is muted')
  })
})
