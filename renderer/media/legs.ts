// The legs of this phone: one for each live call, made, remade and closed as main's orders say. Knows no devices and no page.
import type { MainBridge, MediaOrder } from '../../common/ipc.ts'
import type { Unsubscribe } from '../../common/emitter.ts'
import { createAsk } from './ask.ts'
import type { DeviceCache } from './device-cache.ts'
import { createLeg, type Leg } from './leg.ts'
import type { Microphone } from './microphone.ts'
import { createMixer } from './mixer.ts'
import type { Playback } from './playback.ts'
import type { Silence } from './silence.ts'

export type MediaBridge = Pick<
  MainBridge,
  'mediaRequest' | 'mediaCancel' | 'mediaFact' | 'mediaAttach' | 'onMediaOrders' | 'onMediaPushed'
>

export type LegsDeps = {
  readonly bridge: MediaBridge
  readonly device: DeviceCache['device']
  readonly microphone: Microphone
  readonly silence: Silence
  readonly newPlayback: () => Playback
  /** Whether signalling works at the start. */
  readonly joined: boolean
  /** A leg came or went. */
  readonly onLegs: (count: number) => void
  readonly onError: (error: unknown) => void
}

export type Legs = {
  readonly start: () => void
  readonly stop: () => void
  readonly setJoined: (joined: boolean) => void
  /** The microphone is another one: whoever uses it takes a new track. */
  readonly microphoneReplaced: () => void
  readonly each: (visit: (leg: Leg) => void) => void
  /** Whether any of them wants the real microphone. */
  readonly usesMicrophone: () => boolean
  /** The leg that is to be heard now. */
  readonly floor: () => Leg | null
  /** That one, or both of a conference that is mixed here. */
  readonly talking: () => readonly Leg[]
}

export const createLegs = (deps: LegsDeps): Legs => {
  const { bridge, microphone } = deps
  const legs = new Map<string, Leg>()
  const mixer = createMixer()
  const subscriptions: Unsubscribe[] = []
  let joined = deps.joined
  let talking: readonly string[] = []

  const begin = (order: MediaOrder): Leg => {
    const { session, epoch } = order
    return createLeg(order, {
      ask: createAsk(bridge, session, epoch),
      device: deps.device,
      microphone,
      silence: deps.silence,
      playback: deps.newPlayback(),
      line: mixer.line(session),
      onFact: (fact) => void bridge.mediaFact({ session, epoch, fact }),
      // Where end-to-end encryption will hook in; nothing is transformed yet.
      attachTransform: () => undefined,
      joined: () => joined,
      onError: deps.onError
    })
  }

  const usesMicrophone = () => [...legs.values()].some((leg) => leg.usesMicrophone())

  const drop = (session: string) => {
    legs.get(session)?.close()
    legs.delete(session)
  }

  const obey = (orders: readonly MediaOrder[]) => {
    const before = legs.size
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
    talking = orders.filter(({ want }) => want === 'talk' || want === 'conference').map(({ session }) => session)
    if (!usesMicrophone()) microphone.release()
    if (legs.size !== before) deps.onLegs(legs.size)
  }

  const talkingLegs = () => talking.flatMap((session) => legs.get(session) ?? [])

  return {
    start: () => {
      subscriptions.push(
        bridge.onMediaOrders(obey),
        bridge.onMediaPushed(({ session, epoch, push }) => {
          const leg = legs.get(session)
          if (leg?.epoch === epoch) leg.pushed(push)
        })
      )
      bridge
        .mediaAttach({})
        .then((answer) => {
          if (answer.ok) obey(answer.value.orders)
          else deps.onError(answer.error)
        })
        .catch(deps.onError)
    },
    stop: () => {
      for (const off of subscriptions.splice(0)) off()
      obey([])
    },
    setJoined: (now) => {
      if (now === joined) return
      joined = now
      for (const leg of legs.values()) leg.setJoined(joined)
    },
    microphoneReplaced: () => {
      for (const leg of legs.values()) if (leg.usesMicrophone()) leg.microphoneReplaced()
    },
    usesMicrophone,
    each: (visit) => {
      for (const leg of legs.values()) visit(leg)
    },
    floor: () => talkingLegs()[0] ?? null,
    talking: talkingLegs
  }
}
