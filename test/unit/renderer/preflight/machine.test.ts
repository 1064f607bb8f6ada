// The course of a check of calls: every step once, what is pointless left out and said so, the person asked only where the
// microphone cannot tell, and an end by whatever comes.
import { describe, expect, it } from 'vitest'
import { subjects, type Finding, type Findings } from '../../../../renderer/preflight/findings.ts'
import {
  idle,
  isOn,
  step,
  steps,
  wantedPath,
  type Preflight,
  type PreflightEvent,
  type Step
} from '../../../../renderer/preflight/machine.ts'

const device = 'Headset'
const well: Readonly<Record<Step, readonly Finding[]>> = {
  server: [
    { of: 'server', is: 'well', roundTripMs: 20 },
    { of: 'clock', is: 'well' }
  ],
  microphone: [{ of: 'microphone', is: 'heard', device }],
  speaker: [{ of: 'speaker', is: 'heardBack', device }],
  echo: [{ of: 'echo', is: 'removed' }],
  tcp: [{ of: 'tcp', is: 'open', port: 4443 }],
  udp: [{ of: 'udp', is: 'open', port: 4443 }],
  relay: [{ of: 'relay', is: 'none' }],
  talk: [
    {
      of: 'talk',
      is: 'good',
      numbers: { opinion: 4.3, lossIn: 0, lossOut: 0, jitterMs: 2, roundTripMs: 20 }
    }
  ]
}

const started = step(idle, { kind: 'start', inCall: false })

/** Runs it to its end; `found` is what is found otherwise. Gives the steps that were really taken, too. */
const runThrough = (found: Partial<Record<Step, readonly Finding[] | 'unsure'>>, heard: 'yes' | 'no' = 'yes') => {
  const taken: Step[] = []
  let now: Preflight = started
  for (let count = 0; isOn(now) && count < 30; count += 1) {
    if (now.state === 'asking') now = step(now, { kind: 'answer', heard })
    else {
      taken.push(now.step)
      const what = found[now.step] ?? well[now.step]
      now =
        what === 'unsure'
          ? step(now, { kind: 'unsure', device })
          : step(now, { kind: 'found', step: now.step, findings: what })
    }
  }
  if (now.state !== 'over') throw new Error(`it is ${now.state}`)
  return { taken, over: now }
}

const is = ({ found }: { readonly found: Findings }) =>
  Object.fromEntries(subjects.map((subject) => [subject, found[subject]?.is]))

describe('a check', () => {
  it('that finds nothing wrong takes every step once and has something to say of everything', () => {
    const { taken, over } = runThrough({})
    expect(taken).toEqual(steps)
    expect(over.how).toBe('done')
    expect(subjects.filter((subject) => over.found[subject] === undefined)).toEqual([])
  })

  it('is refused in a call, and can be begun after it', () => {
    const refused = step(idle, { kind: 'start', inCall: true })
    expect(refused).toEqual({ state: 'refused' })
    expect(step(refused, { kind: 'start', inCall: false })).toMatchObject({ state: 'running', step: 'server' })
  })

  it('that is on is not begun again', () => {
    expect(step(started, { kind: 'start', inCall: false })).toBe(started)
  })

  it.each<['away' | 'refused', readonly Finding[]]>([
    ['away', [{ of: 'server', is: 'away' }]],
    ['refused', [{ of: 'server', is: 'refused', code: 'unauthenticated' }]]
  ])('of a server that is %s tries the devices and no talk', (_how, server) => {
    const { taken, over } = runThrough({ server })
    expect(taken).toEqual(['server', 'microphone', 'speaker', 'echo'])
    expect(is(over)).toMatchObject({ tcp: 'untried', udp: 'untried', relay: 'untried', talk: 'untried' })
  })

  it('whose talk does not come about says why, and tries no further way', () => {
    const { taken, over } = runThrough({
      tcp: [
        { of: 'tcp', is: 'untried' },
        { of: 'talk', is: 'noEcho' }
      ]
    })
    expect(taken.at(-1)).toBe('tcp')
    expect(is(over)).toMatchObject({ udp: 'untried', relay: 'untried', talk: 'noEcho' })
  })

  it('asks where the microphone did not hear the speaker: heard by the person, it makes no echo', () => {
    const { taken, over } = runThrough({ speaker: 'unsure' })
    expect(taken).not.toContain('echo')
    expect(is(over)).toMatchObject({ speaker: 'confirmed', echo: 'none', talk: 'good' })
  })

  it('asks again after it has played again', () => {
    const asking = [
      ...(['server', 'microphone'] as const).map((name): PreflightEvent => ({
        kind: 'found',
        step: name,
        findings: well[name]
      })),
      { kind: 'unsure', device } as const
    ].reduce(step, started)
    expect(asking.state).toBe('asking')
    expect(step(asking, { kind: 'answer', heard: 'again' })).toMatchObject({ state: 'running', step: 'speaker' })
  })

  it.each<[string, Partial<Record<Step, readonly Finding[] | 'unsure'>>]>([
    ['a speaker nobody hears', { speaker: 'unsure' }],
    ['no microphone', { microphone: [{ of: 'microphone', is: 'failed', code: 'microphone_missing' }] }],
    ['a dead microphone', { microphone: [{ of: 'microphone', is: 'dead', device }] }]
  ])('of %s listens for no echo', (_what, found) => {
    const { taken, over } = runThrough(found, 'no')
    expect(taken).not.toContain('echo')
    expect(over.found.echo?.is).toBe('untried')
    expect(taken).toContain('talk')
  })
})

describe('its end', () => {
  it.each([
    ['stop', 'stopped'],
    ['interrupt', 'interrupted']
  ] as const)('by %s keeps what was found, and takes nothing that comes late', (kind, how) => {
    const one = step(started, { kind: 'found', step: 'server', findings: well.server })
    const over = step(one, { kind })
    expect(over).toMatchObject({ state: 'over', how, found: { server: { is: 'well' } } })
    expect(step(over, { kind: 'found', step: 'microphone', findings: well.microphone })).toBe(over)
    expect(step(over, { kind: 'answer', heard: 'yes' })).toBe(over)
    expect(step(over, { kind })).toBe(over)
  })

  it('takes nothing of a step that is not under way', () => {
    expect(step(started, { kind: 'found', step: 'talk', findings: well.talk })).toBe(started)
    expect(step(idle, { kind: 'found', step: 'server', findings: well.server })).toBe(idle)
  })
})

it('has a talk in the steps that need one, by the way that is tried', () => {
  const at = (name: Step): Preflight => ({ state: 'running', step: name, found: {} })
  expect(steps.map((name) => wantedPath(at(name)))).toEqual([null, null, null, null, 'tcp', 'udp', 'any', 'any'])
  expect(wantedPath({ state: 'over', how: 'done', found: {} })).toBeNull()
  expect(wantedPath({ state: 'asking', device, found: {} })).toBeNull()
})
