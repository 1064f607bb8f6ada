// A phone without a window: the app's own session, phone and legs, with a tone as microphone and an ear as speaker.
// Real in everything but the screen and the sound card.
import { Device } from 'mediasoup-client'
import type { DelegateEvent } from '../../common/delegate.ts'
import type { CallView } from '../../common/snapshot.ts'
import { silentLogger, type Logger } from '../../common/log.ts'
import { ok } from '../../common/result.ts'
import { createPhone } from '../../main/call/phone.ts'
import { createClock } from '../../main/clock.ts'
import type { Phone, SignalingSession, StoredSignIn } from '../../main/ports.ts'
import { createSignalingSession } from '../../main/session/session.ts'
import type { DeviceCache } from '../../renderer/media/device-cache.ts'
import { createLegs } from '../../renderer/media/legs.ts'
import type { Playback } from '../../renderer/media/playback.ts'
import { createTalkQuality, type TalkQuality } from '../../renderer/media/talk-quality.ts'
import { hearAll, noStories } from '../../renderer/state/line-story.ts'
import type { MediaOpening } from '../../common/protocol/media.ts'
import { createHearing, type Hearing } from './hearing.ts'
import type { Line } from './relay/line.ts'
import { waitOn } from './wait-on.ts'
import { createWire } from './wire.ts'
import { createEar, createToneSource, installWrtc, type Ear } from './wrtc.ts'

export type TestPhone = {
  readonly session: SignalingSession
  readonly phone: Phone
  /** Everything the delegate heard so far, as words of architecture's table: `trying`, `ringing/L`, `E(missed)`. */
  readonly heard: () => readonly string[]
  readonly events: () => readonly DelegateEvent[]
  /** Resolves as soon as `look` finds something in the phone's calls; rejects with what was heard. */
  readonly until: <T>(
    what: string,
    look: (calls: readonly CallView[]) => T | null | undefined,
    withinMs?: number
  ) => Promise<T>
  /** Resolves once the delegate heard that word (for the `nth` time). */
  readonly hears: (word: string, withinMs?: number, nth?: number) => Promise<void>
  /** What comes out of the speaker. */
  readonly ear: (withinMs?: number) => Promise<Ear>
  /** The ear of now, unless it is still the one of `before`: for waiting until the media is made anew. */
  readonly earNow: (before?: Ear) => Ear | null
  /** From now on, how well that tone is heard, through every making of the media. */
  readonly listenFor: (hz: number) => Hearing
  /** How good the line of the talk is, as the app measures it. */
  readonly onQuality: TalkQuality['on']
  /** From now on it tells the server how its talks are, as the app's page does; ends what is gathered on the way. */
  readonly reportQuality: () => () => void
  readonly setTone: (hz: number | null) => void
  /** Whether the microphone is open. */
  readonly microphoneOpen: () => boolean
  /** Ends what is live, then goes. */
  readonly close: () => Promise<void>
  /** Goes without a word to anybody, as a phone whose power fails; `close` it all the same. */
  readonly vanish: () => Promise<void>
}

export type TestPhoneOptions = {
  readonly server: string
  readonly username: string
  readonly password?: string
  readonly hz?: number | null
  /** Whether an incoming call rings by itself, as where a notification daemon takes every alert. Default true. */
  readonly alerts?: boolean
  readonly log?: Logger
  /** What stands between this phone and the server, for signalling and media. */
  readonly line?: Line
  /** How it gets in, where that is not by a password. `server` is where it finds the server. */
  readonly enter?: (parts: { session: SignalingSession; phone: Phone; server: string }) => Promise<void>
}

const wordOf = (event: DelegateEvent): string => {
  switch (event.kind) {
    case 'onCallStateChanged':
      return event.isLocalChange ? `${event.state}/L` : event.state
    case 'onCallFinished':
      return `E(${event.reason})`
    case 'onMediaStateChanged':
      return `${event.role}:${event.newState}`
  }
}

/** The delegate's words without the media events, which may fall in between. */
export const statesOf = (words: readonly string[]): readonly string[] => words.filter((word) => !word.includes(':'))

const createTestDeviceCache = (): DeviceCache['device'] => async (routerRtpCapabilities) => {
  const device = new Device({ handlerName: 'Chrome111' })
  await device.load({ routerRtpCapabilities })
  return device
}

const createMemoryStore = () => {
  let stored: StoredSignIn | null = null
  return {
    load: () => Promise.resolve(stored),
    save: (signIn: StoredSignIn) => {
      stored = signIn
      return Promise.resolve({ remembered: false })
    },
    forget: () => {
      stored = null
      return Promise.resolve()
    },
    deviceIdFor: () => Promise.resolve(stored?.deviceId ?? null),
    last: () => Promise.resolve({ lastServer: '', lastUsername: '' })
  }
}

/** Signs in and resolves once the phone is joined. */
export const createTestPhone = async (options: TestPhoneOptions): Promise<TestPhone> => {
  const { username, alerts = true, log = silentLogger } = options
  const { line } = options
  const wire = await createWire(line?.url ?? options.server)
  installWrtc()
  const clock = createClock()
  const newId = () => crypto.randomUUID()
  const events: DelegateEvent[] = []
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of [...listeners]) listener()
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }

  const session = createSignalingSession({
    clock,
    random: Math.random,
    newId,
    log,
    store: createMemoryStore(),
    fetch,
    client: { name: 'tamas-test', version: '0', platform: 'node' },
    deviceName: `test phone of ${username}`
  })
  const phone = createPhone({ session, clock, newId, log, findPeer: () => null })

  const tone = createToneSource(options.hz ?? null)
  const silence = createToneSource(null)
  const open = new Set<MediaStreamTrack>()
  const hearings: Hearing[] = []
  let ear: Ear | null = null
  const newPlayback = (): Playback => {
    const ears = new Map<string, Ear>()
    return {
      add: (id, track) => {
        ear = createEar(track)
        ears.set(id, ear)
        ear.onFrame((frame) => {
          for (const hearing of hearings) hearing.take(frame)
        })
        changed()
      },
      remove: (id) => {
        ears.get(id)?.stop()
        ears.delete(id)
      },
      setAudible: () => undefined,
      setOutput: () => undefined,
      current: () => null,
      close: () => {
        for (const one of ears.values()) one.stop()
        ears.clear()
      }
    }
  }

  const legs = createLegs({
    bridge: {
      mediaRequest: (async (message: Parameters<Phone['mediaRequest']>[0]) => {
        const answer = await phone.mediaRequest(message)
        if (line === undefined || message.name !== 'media.open' || !answer.ok) return answer
        return ok(line.lead(answer.value as MediaOpening))
      }) as never,
      mediaCancel: ({ requestId }) => {
        phone.mediaCancel(requestId)
        return Promise.resolve(ok({}))
      },
      mediaFact: ({ session: key, epoch, fact }) => {
        phone.mediaFact(key, epoch, fact)
        return Promise.resolve(ok({}))
      },
      mediaAttach: () => Promise.resolve(ok({ orders: phone.orders() })),
      onMediaOrders: phone.onOrders,
      onMediaPushed: phone.onMediaPush
    },
    device: createTestDeviceCache(),
    microphone: {
      open: () => {
        const track = tone.newTrack()
        open.add(track)
        return Promise.resolve(ok(track))
      },
      release: () => {
        for (const track of open) track.stop()
        open.clear()
      },
      configure: () => undefined,
      current: () => null
    },
    silence: { track: silence.newTrack },
    newPlayback,
    joined: false,
    onLegs: changed,
    onError: (error) => {
      log.warn('leg', { error: String(error) })
    }
  })

  const quality = createTalkQuality(legs.talking, (error) => {
    log.warn('quality', { error: String(error) })
  })

  phone.onDelegate((event) => {
    events.push(event)
    changed()
  })
  phone.onChanged(() => {
    if (alerts) {
      for (const call of phone.calls()) {
        if (call.direction === 'inbound' && call.status === 'new') phone.alertShown(call.session)
      }
    }
    changed()
  })
  session.onChanged(() => {
    legs.setJoined(session.link().state === 'joined')
    changed()
  })
  legs.start()

  const vanish = async () => {
    wire.cut()
    await leave()
  }
  const leave = async () => {
    legs.stop()
    await session.close()
    tone.stop()
    silence.stop()
  }

  const words = () => events.map(wordOf)
  const complaint = (what: string) => () =>
    `${username}: ${what} did not come; heard [${words().join(', ')}], link ${session.link().state}, calls ` +
    JSON.stringify(phone.calls().map(({ status, trouble }) => ({ status, trouble })))

  const until: TestPhone['until'] = (what, look, withinMs = 20_000) =>
    waitOn(subscribe, () => look(phone.calls()), complaint(what), withinMs)

  const signIn = async (): Promise<void> => {
    const password = options.password ?? `demo-${username}`
    const signedIn = await session.signIn({ server: wire.url, username, password })
    if (!signedIn.ok) throw new Error(`${username} cannot sign in: ${signedIn.error.code}`)
  }
  await (options.enter === undefined ? signIn() : options.enter({ session, phone, server: wire.url }))
  await until('joined', () => (session.link().state === 'joined' ? true : null))

  return {
    session,
    phone,
    heard: words,
    events: () => events,
    until,
    hears: async (word, withinMs = 20_000, nth = 1) => {
      await until(word, () => (words().filter((one) => one === word).length >= nth ? true : null), withinMs)
    },
    ear: (withinMs = 20_000) => until('a consumer', () => ear, withinMs),
    earNow: (before) => (ear === before ? null : ear),
    listenFor: (hz) => {
      const hearing = createHearing(hz)
      hearings.push(hearing)
      return hearing
    },
    onQuality: quality.on,
    reportQuality: () => {
      let stories = noStories
      return quality.onLooks((looks) => {
        const told = hearAll(stories, looks)
        stories = told.stories
        for (const { session: key, sample } of told.samples) phone.sample(key, sample)
      })
    },
    setTone: tone.setTone,
    microphoneOpen: () => [...open].some((track) => track.readyState === 'live'),
    close: async () => {
      await phone.endAll(1_000)
      await leave()
      wire.close()
    },
    vanish
  }
}
