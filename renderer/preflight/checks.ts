// The steps of a check, each as a function that looks at one thing and says what it found. They decide nothing about the
// course and end with their signal.
import type { MainBridge } from '../../common/ipc.ts'
import type { DirectoryEntry } from '../../common/types.ts'
import type { LineQuality, MediaEngine } from '../state/media-port.ts'
import type { Finding, FindingOf, TalkNumbers } from './findings.ts'
import type { Step } from './machine.ts'
import type { HeardBack, MediaProbe } from './ports.ts'
import type { TestTalk } from './test-talk.ts'
import { pause, until } from './wait.ts'

export type Found = readonly Finding[] | { readonly unsure: string }
export type Check = (signal: AbortSignal) => Promise<Found>

export type CheckDeps = {
  readonly bridge: Pick<MainBridge, 'checkServer'>
  readonly media: Pick<MediaEngine, 'microphoneTry' | 'level' | 'onQuality'>
  readonly probe: MediaProbe
  readonly talk: TestTalk
  readonly directory: () => readonly DirectoryEntry[]
  /** What the speaker of calls is called; '' for the system's default. */
  readonly speaker: () => string
  readonly cancelsEcho: () => boolean
}

/** Longer than this is noticed when dialling. */
const slowMs = 300
/** Certificates and the times of calls stand a minute. */
const wrongByMs = 60_000
/** As in own-voice.ts: a voice near the microphone, and no fan. */
const voice = 0.45
const speakWithinMs = 8_000
const connectWithinMs = 7_000
const talkMs = 10_000

const clockOf = (aheadMs: number | null): FindingOf<'clock'> => {
  if (aheadMs === null) return { of: 'clock', is: 'unknown' }
  if (Math.abs(aheadMs) < wrongByMs) return { of: 'clock', is: 'well' }
  return { of: 'clock', is: aheadMs > 0 ? 'ahead' : 'behind', byMs: Math.abs(aheadMs) }
}

const numbersOf = (quality: LineQuality | null, jitterMs: number | null): TalkNumbers | null => {
  if (quality === null || quality.opinion === null || quality.measures === null) return null
  const { lossIn, lossOut, roundTripMs } = quality.measures
  return { opinion: quality.opinion, lossIn, lossOut, jitterMs, roundTripMs }
}

export const createChecks = (deps: CheckDeps): Readonly<Record<Step, Check>> => {
  const { bridge, media, probe, talk } = deps
  /** How much of the speaker the bare microphone heard, once that is known. */
  let bare: HeardBack | null = null

  const server: Check = async () => {
    const looked = await bridge.checkServer({})
    if (!looked.ok) return [{ of: 'server', is: 'refused', code: looked.error.code }]
    const { reached, refused } = looked.value
    if (reached === null) return [{ of: 'server', is: 'away' }]
    const clock = clockOf(reached.clockAheadMs)
    if (refused !== null) return [{ of: 'server', is: 'refused', code: refused }, clock]
    const { roundTripMs } = reached
    return [{ of: 'server', is: roundTripMs > slowMs ? 'slow' : 'well', roundTripMs }, clock]
  }

  const microphone: Check = async (signal) => {
    const opened = await media.microphoneTry.open()
    if (!opened.ok) return [{ of: 'microphone', is: 'failed', code: opened.error.code }]
    try {
      const device = probe.microphone() ?? ''
      let loudest = 0
      const listen = () => {
        loudest = Math.max(loudest, media.level('mine'))
        return loudest >= voice ? true : null
      }
      const heard = await until(listen, speakWithinMs, signal)
      return [{ of: 'microphone', is: heard === true ? 'heard' : loudest > 0 ? 'quiet' : 'dead', device }]
    } finally {
      media.microphoneTry.close()
    }
  }

  const speaker: Check = async (signal) => {
    const heard = await probe.hearBack('raw', signal)
    bare = heard.ok ? heard.value : null
    const device = deps.speaker()
    return bare?.heard === true ? [{ of: 'speaker', is: 'heardBack', device }] : { unsure: device }
  }

  const echo: Check = async (signal) => {
    const heard = await probe.hearBack('processed', signal)
    if (!heard.ok) return [{ of: 'echo', is: 'untried' }]
    return heard.value.heard
      ? [{ of: 'echo', is: 'comesBack', cancelling: deps.cancelsEcho() }]
      : [{ of: 'echo', is: bare?.heard === true ? 'removed' : 'none' }]
  }

  /** The first step with the talk makes it: media goes by that step's way from the beginning. */
  const begin = async (signal: AbortSignal): Promise<FindingOf<'talk'> | null> => {
    const to = deps.directory().find(({ kind }) => kind === 'echo')
    if (to === undefined) return { of: 'talk', is: 'noEcho' }
    return (await talk.open(to.username, signal)) ? null : { of: 'talk', is: 'failed' }
  }

  const connected = (signal: AbortSignal): Promise<true | null> =>
    until(async () => ((await probe.look())?.connected === true ? true : null), connectWithinMs, signal)

  const connect = async (of: 'tcp' | 'udp', signal: AbortSignal): Promise<FindingOf<'tcp' | 'udp'>> => {
    const offer = await until(probe.offer, connectWithinMs, signal)
    if (offer === null) return { of, is: 'untried' }
    const port = offer[of]
    if (port === null) return { of, is: 'notOffered' }
    const up = await connected(signal)
    return { of, is: up === true ? 'open' : 'blocked', port }
  }

  const tcp: Check = async (signal) => {
    probe.use('tcp')
    const none = await begin(signal)
    if (none !== null) return [{ of: 'tcp', is: 'untried' }, none]
    return [await connect('tcp', signal)]
  }

  const udp: Check = async (signal) => {
    probe.use('udp')
    return [await connect('udp', signal)]
  }

  const relay: Check = async (signal) => {
    probe.use('any')
    const offer = await until(probe.offer, connectWithinMs, signal)
    return [{ of: 'relay', is: offer === null ? 'untried' : await probe.relay(signal) }]
  }

  const measure: Check = async (signal) => {
    probe.use('any')
    const up = await connected(signal)
    if (up === null) return [{ of: 'talk', is: 'failed' }]
    // What is told at once was known before: it may be of the way that was tried last.
    let heard: LineQuality | 'before' | null = 'before'
    const off = media.onQuality((quality) => {
      if (heard !== 'before') heard = quality
    })
    heard = null
    try {
      await pause(talkMs, signal)
      const last = heard as LineQuality | null
      const numbers = numbersOf(last, (await probe.look())?.jitterMs ?? null)
      if (last === null || last.level === 'unknown' || numbers === null) return [{ of: 'talk', is: 'unmeasured' }]
      return [{ of: 'talk', is: last.level, numbers }]
    } finally {
      off()
    }
  }

  return { server, microphone, speaker, echo, tcp, udp, relay, talk: measure }
}
