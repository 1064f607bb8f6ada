// What a check says: each finding has a sentence in every language, what is bad says what to do, and the report tells the
// same in numbers, without names.
import { describe, expect, it } from 'vitest'
import { createFormat } from '../../../../common/i18n/format.ts'
import { catalogue } from '../../../../common/i18n/index.ts'
import { inOrder, verdictOf, type Finding, type Findings } from '../../../../renderer/preflight/findings.ts'
import { reportOf } from '../../../../renderer/preflight/report.ts'
import { numbersInWords, sentenceOf } from '../../../../renderer/preflight/words.ts'

const device = 'Jabra "Evolve2" 65'
const numbers = { opinion: 4.31, lossIn: 0.012, lossOut: 0, jitterMs: 3.4, roundTripMs: 41 }
const all: readonly Finding[] = [
  { of: 'server', is: 'well', roundTripMs: 12.345 },
  { of: 'server', is: 'slow', roundTripMs: 480 },
  { of: 'server', is: 'away' },
  { of: 'server', is: 'refused', code: 'unauthenticated' },
  { of: 'clock', is: 'well' },
  { of: 'clock', is: 'unknown' },
  { of: 'clock', is: 'ahead', byMs: 300_000 },
  { of: 'clock', is: 'behind', byMs: 300_000 },
  { of: 'microphone', is: 'heard', device },
  { of: 'microphone', is: 'quiet', device },
  { of: 'microphone', is: 'dead', device: '' },
  { of: 'microphone', is: 'failed', code: 'microphone_denied' },
  { of: 'speaker', is: 'heardBack', device },
  { of: 'speaker', is: 'confirmed', device },
  { of: 'speaker', is: 'unheard', device },
  { of: 'echo', is: 'none' },
  { of: 'echo', is: 'removed' },
  { of: 'echo', is: 'untried' },
  { of: 'echo', is: 'comesBack', cancelling: true },
  { of: 'echo', is: 'comesBack', cancelling: false },
  ...(['tcp', 'udp'] as const).flatMap((of): readonly Finding[] => [
    { of, is: 'open', port: 40_000 },
    { of, is: 'blocked', port: 40_000 },
    { of, is: 'notOffered' },
    { of, is: 'untried' }
  ]),
  ...(['reached', 'silent', 'none', 'untried'] as const).map((is): Finding => ({ of: 'relay', is })),
  ...(['good', 'fair', 'poor'] as const).map((is): Finding => ({ of: 'talk', is, numbers })),
  ...(['noEcho', 'failed', 'unmeasured', 'untried'] as const).map((is): Finding => ({ of: 'talk', is }))
]
const tcpOnly: Findings = { tcp: { of: 'tcp', is: 'open', port: 1 }, udp: { of: 'udp', is: 'blocked', port: 40_000 } }
const udpOnly: Findings = { tcp: { of: 'tcp', is: 'blocked', port: 40_000 }, udp: { of: 'udp', is: 'open', port: 1 } }
const neither: Findings = { tcp: { of: 'tcp', is: 'blocked', port: 1 }, udp: { of: 'udp', is: 'blocked', port: 1 } }
const english = createFormat('en-GB')
const say = (finding: Finding | undefined, found: Findings = {}): string =>
  finding === undefined ? '' : sentenceOf(finding, found, catalogue('en'), english)

describe('the words', () => {
  it.each(['en', 'fa'] as const)('in %s are a sentence of its own for each finding', (locale) => {
    const format = createFormat(locale === 'en' ? 'en-GB' : 'fa-IR')
    const sentences = all.map((finding) => sentenceOf(finding, {}, catalogue(locale), format))
    for (const sentence of sentences) expect(sentence).toMatch(/^\P{Ll}.*[.!?]$/u)
    // What is not tried for the same reason is said alike.
    expect(new Set(sentences).size).toBe(sentences.length - 3 - 1)
  })

  it('name the port that is to be allowed, and what calls do meanwhile', () => {
    expect(say(tcpOnly.udp, tcpOnly)).toContain('allow UDP to port 40000')
    expect(say(tcpOnly.udp, tcpOnly)).toContain('Calls go by TCP and may stutter')
    expect(say(neither.udp, neither)).toContain('no sound')
    expect(say(udpOnly.tcp, udpOnly)).toContain('nothing to do')
  })

  it('tell marks and times as people write them', () => {
    expect(say({ of: 'talk', is: 'good', numbers })).toBe('Good sound: 4.3 of 5.')
    expect(say({ of: 'clock', is: 'ahead', byMs: 300_000 })).toContain('5 mins ahead')
    expect(numbersInWords(numbers, catalogue('en'), english).map(([, value]) => value)).toEqual([
      '1%',
      '0%',
      '0 ms',
      '40 ms'
    ])
  })
})

describe('how bad it is', () => {
  it('of a blocked way depends on the other one', () => {
    expect([tcpOnly, udpOnly, neither].map((found) => inOrder(found).map((one) => verdictOf(one, found)))).toEqual([
      ['well', 'mind'],
      ['well', 'well'],
      ['bad', 'bad']
    ])
  })

  it('is nothing where there is no echo, and open where there is no relay', () => {
    expect(verdictOf({ of: 'echo', is: 'none' }, {})).toBe('well')
    expect(verdictOf({ of: 'relay', is: 'none' }, {})).toBe('open')
  })

  it('is bad for what keeps somebody from a call', () => {
    const bad = all.filter((finding) => verdictOf(finding, {}) === 'bad').map(({ of, is }) => `${of} ${is}`)
    expect(bad).toEqual([
      'server away',
      'server refused',
      'microphone dead',
      'microphone failed',
      'speaker unheard',
      'tcp blocked',
      'udp blocked',
      'talk poor',
      'talk failed'
    ])
  })
})

it('the report has one line for each thing, in order, with its numbers', () => {
  const found: Findings = {
    talk: { of: 'talk', is: 'good', numbers },
    microphone: { of: 'microphone', is: 'heard', device },
    ...tcpOnly,
    server: { of: 'server', is: 'well', roundTripMs: 12.345_678 }
  }
  const report = reportOf(found, {
    version: '0.1.0',
    electron: '45.0.0',
    chrome: '146',
    system: 'X11; Linux x86_64',
    at: '2026-11-23T11:00:00.000Z',
    settings: { echoCancellation: true }
  })
  expect(report).toBe(
    [
      'tamas 0.1.0 electron=45.0.0 chromium=146 system="X11; Linux x86_64"',
      'checked=2026-11-23T11:00:00.000Z echoCancellation=true',
      'server     well well roundTripMs=12.346',
      'microphone well heard device="Jabra \\"Evolve2\\" 65"',
      'tcp        well open port=1',
      'udp        mind blocked port=40000',
      'talk       well good opinion=4.31 lossIn=0.012 lossOut=0 jitterMs=3.4 roundTripMs=41',
      ''
    ].join('\n')
  )
})
