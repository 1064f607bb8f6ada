// The media engine: makes main's orders so, one leg for each live call, and reports what it finds. It never decides
// about calls, and it knows no screens.
import type { MainBridge, MediaOrder } from '../../common/ipc.ts'
import type { Unsubscribe } from '../../common/emitter.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import { createAsk } from './ask.ts'
import { createDeviceCache } from './device-cache.ts'
import { createDeviceWatch, type AudioDevices } from './devices.ts'
import { createLeg, type Leg } from './leg.ts'
import { createLevelMeter } from './level.ts'
import { createMicrophone } from './microphone.ts'
import { createPlayback } from './playback.ts'
import { createSilence } from './silence.ts'
import { createTones } from './tones.ts'

export type MediaBridge = Pick<
  MainBridge,
  'mediaRequest' | 'mediaCancel' | 'mediaFact' | 'mediaAttach' | 'onMediaOrders' | 'onMediaPushed'
>

export type MediaEngine = {
  readonly start: () => void
  readonly stop: () => void
  /** Settings, link and tone are followed from each snapshot; what did not change costs nothing. */
  readonly follow: (snapshot: Pick<AppSnapshot, 'settings' | 'link' | 'tone'>) => void
  readonly devices: () => AudioDevices
  readonly onDevices: (listener: (devices: AudioDevices) => void) => Unsubscribe
  /** 0 to 1; read it while a meter is on the screen. */
  readonly level: (which: 'mine' | 'theirs') => number
  /** Plays the ring for a moment on the ring device. */
  readonly testTone: () => void
}

export type MediaEngineDeps = {
  readonly bridge: MediaBridge
  readonly initial: Pick<AppSnapshot, 'settings' | 'link' | 'tone'>
  readonly onError: (error: unknown) => void
}

export const createMediaEngine = ({ bridge, initial, onError }: MediaEngineDeps): MediaEngine => {
  const legs = new Map<string, Leg>()
  const device = createDeviceCache()
  const silence = createSilence()
  const watch = createDeviceWatch(onError)
  const meters = { mine: createLevelMeter(), theirs: createLevelMeter() }
  let followed = initial
  let joined = initial.link.state === 'joined'
  let floor: string | undefined
  let unwatch: Unsubscribe | undefined
  const subscriptions: Unsubscribe[] = []

  // A chosen device that is away is stood in for by the default one, until it is back.
  const present = (id: string, list: readonly { id: string }[]) => (list.some((one) => one.id === id) ? id : 'default')
  const routed = () => {
    const { microphone, speaker, ringer, ...rest } = followed.settings
    const { microphones, speakers } = watch.current()
    return {
      ...rest,
      microphone: present(microphone, microphones),
      speaker: present(speaker, speakers),
      ringer: present(ringer, speakers)
    }
  }

  const microphone = createMicrophone(initial.settings, () => {
    for (const leg of legs.values()) if (leg.usesMicrophone()) leg.microphoneReplaced()
  })
  const tones = createTones(initial.settings, onError)

  const reroute = () => {
    const routing = routed()
    microphone.configure(routing)
    tones.route(routing)
    for (const leg of legs.values()) leg.playback.setOutput(routing.speaker)
  }

  const begin = (order: MediaOrder): Leg => {
    const { session, epoch } = order
    const playback = createPlayback(onError)
    playback.setOutput(routed().speaker)
    return createLeg(order, {
      ask: createAsk(bridge, session, epoch),
      device,
      microphone,
      silence,
      playback,
      onFact: (fact) => void bridge.mediaFact({ session, epoch, fact }),
      attachTransform: () => undefined,
      joined: () => joined,
      onError
    })
  }

  const drop = (session: string) => {
    legs.get(session)?.close()
    legs.delete(session)
  }

  const obey = (orders: readonly MediaOrder[]) => {
    for (const session of [...legs.keys()]) {
      if (!orders.some((order) => order.session === session)) drop(session)
    }
    for (const order of orders) {
      const leg = legs.get(order.session)
      if (leg?.epoch === order.epoch) {
        leg.order(order)
        continue
      }
      drop(order.session)
      legs.set(order.session, begin(order))
    }
    floor = orders.find((order) => order.want === 'talk' || order.want === 'conference')?.session
    if (![...legs.values()].some((leg) => leg.usesMicrophone())) microphone.release()
    // Devices are watched while there is a call: one may be unplugged without an event.
    if (legs.size > 0) unwatch ??= watch.on(reroute)
    else {
      unwatch?.()
      unwatch = undefined
      meters.mine.close()
      meters.theirs.close()
    }
  }

  return {
    start: () => {
      subscriptions.push(
        bridge.onMediaOrders(obey),
        bridge.onMediaPushed(({ session, epoch, push }) => {
          const leg = legs.get(session)
          if (leg?.epoch === epoch) leg.pushed(push)
        })
      )
      tones.set(initial.tone)
      watch.refresh()
      bridge
        .mediaAttach({})
        .then((answer) => {
          if (answer.ok) obey(answer.value.orders)
          else onError(answer.error)
        })
        .catch(onError)
    },
    stop: () => {
      for (const off of subscriptions.splice(0)) off()
      obey([])
      tones.close()
    },
    follow: (snapshot) => {
      const { settings, link, tone } = snapshot
      const changed = settings !== followed.settings
      followed = { settings, link, tone }
      if (changed) reroute()
      tones.set(tone)
      const nowJoined = link.state === 'joined'
      if (nowJoined === joined) return
      joined = nowJoined
      for (const leg of legs.values()) leg.setJoined(joined)
    },
    devices: watch.current,
    onDevices: watch.on,
    level: (which) => {
      if (which === 'mine') return meters.mine.read(microphone.current())
      const leg = floor === undefined ? undefined : legs.get(floor)
      return meters.theirs.read(leg?.playback.current() ?? null)
    },
    testTone: () => {
      reroute()
      tones.test()
    }
  }
}
