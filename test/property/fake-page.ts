// The media engine of a phone as a state of affairs: it makes, loses, restores and remakes legs as its orders say, with
// the product's own rules of recovery, and moves no sound. A fake.
import type { MediaFact, MediaOrder } from '../../common/ipc.ts'
import type { Clock } from '../../common/time.ts'
import type { Phone } from '../../main/ports.ts'
import { recover, recoveryDeadline, type Recovery, type RecoveryEvent } from '../../renderer/media/recovery.ts'
import type { Chance } from './chance.ts'

type Leg = {
  readonly session: string
  readonly epoch: number
  recovery: Recovery
  isMade: boolean
  isClosed: boolean
  cancel: () => void
}

export type FakePage = {
  readonly setJoined: (joined: boolean) => void
  /** The way for media is gone or there again. */
  readonly pathChanged: () => void
  /** The server's end of every leg is gone. */
  readonly dropped: () => void
  /** The page dies and is loaded anew. */
  readonly crash: () => void
  readonly stop: () => void
}

export type FakePageDeps = {
  readonly phone: Phone
  readonly clock: Clock
  readonly chance: Chance
  readonly hasPath: () => boolean
  /** Whether the transports of this making are connected. */
  readonly isConnected: (callId: string, epoch: number) => boolean
  readonly joined: boolean
}

/** How long a browser takes to see that nothing comes any more. */
const noticeMs = { least: 2_000, most: 6_000 }
const again = new Set(['disconnected', 'timeout', 'unavailable', 'stale', 'overloaded', 'rate_limited', 'internal'])

export const createFakePage = ({ phone, clock, chance, hasPath, isConnected, ...deps }: FakePageDeps): FakePage => {
  const legs = new Map<string, Leg>()
  let joined = deps.joined
  let isThere = true
  let requests = 0

  const fact = (leg: Leg, told: MediaFact): void => {
    if (!leg.isClosed) phone.mediaFact(leg.session, leg.epoch, told)
  }

  const isOver = ({ isClosed }: Leg): boolean => isClosed

  const ask = (leg: Leg, name: string, data: unknown) => {
    requests += 1
    const requestId = `${leg.session}.${leg.epoch}.${requests}`
    return phone.mediaRequest({ requestId, session: leg.session, epoch: leg.epoch, name, data })
  }

  const isWell = (leg: Leg): boolean => {
    const callId = phone.calls().find(({ session }) => session === leg.session)?.callId ?? null
    return callId !== null && isConnected(callId, leg.epoch)
  }

  const tell = (leg: Leg, event: RecoveryEvent): void => {
    if (leg.isClosed) return
    const before = leg.recovery.state
    const step = recover(leg.recovery, event, joined, clock.now())
    leg.recovery = step.recovery
    if (event.kind === 'lost' && before === 'whole') fact(leg, { kind: 'lost' })
    if (step.recovery.state === 'whole' && before !== 'whole') fact(leg, { kind: 'back' })
    leg.cancel()
    const deadline = recoveryDeadline(leg.recovery)
    if (deadline !== null) leg.cancel = clock.at(deadline, () => tell(leg, { kind: 'time' }))
    if (step.act === 'rebuild') fact(leg, { kind: 'rebuild' })
    if (step.act === 'restartIce') void restart(leg)
  }

  const restart = async (leg: Leg): Promise<void> => {
    if (!leg.isMade) return
    const answer = await ask(leg, 'media.restartIce', { flow: 'send' })
    if (leg.isClosed) return
    if (!answer.ok && answer.error.code === 'stale') tell(leg, { kind: 'forgotten' })
    if (!answer.ok) return
    clock.at(clock.now() + 100, () => {
      if (!leg.isClosed && isWell(leg)) tell(leg, { kind: 'connected' })
    })
  }

  const refused = (leg: Leg, code: string): void => {
    if (again.has(code)) tell(leg, { kind: 'forgotten' })
    else if (code === 'not_allowed_now' || code === 'access_denied') fact(leg, { kind: 'failed', code: 'media_failed' })
  }

  const make = async (leg: Leg): Promise<void> => {
    const opened = await ask(leg, 'media.open', {})
    if (leg.isClosed) return
    if (!opened.ok) {
      refused(leg, opened.error.code)
      return
    }
    const flows = ['send', 'recv'].map((flow) => ask(leg, 'media.connect', { flow, dtlsParameters: {} }))
    const refusal = (await Promise.all(flows)).find(({ ok }) => !ok)
    if (isOver(leg)) return
    if (refusal !== undefined && !refusal.ok) {
      refused(leg, refusal.error.code)
      return
    }
    leg.isMade = true
    fact(leg, { kind: 'ready' })
    clock.at(clock.now() + 1_000, () => {
      if (!leg.isClosed && !isWell(leg)) tell(leg, { kind: 'lost', failed: !hasPath() })
    })
  }

  const drop = (leg: Leg): void => {
    leg.isClosed = true
    leg.cancel()
    legs.delete(leg.session)
  }

  const obey = (orders: readonly MediaOrder[]): void => {
    for (const leg of [...legs.values()]) {
      if (!orders.some(({ session, epoch }) => session === leg.session && epoch === leg.epoch)) drop(leg)
    }
    for (const { session, epoch } of orders) {
      if (legs.has(session)) continue
      const leg: Leg = {
        session,
        epoch,
        recovery: { state: 'whole' },
        isMade: false,
        isClosed: false,
        cancel: () => undefined
      }
      legs.set(session, leg)
      void make(leg)
    }
  }

  phone.onOrders((orders) => {
    if (isThere) obey(orders)
  })

  return {
    setJoined: (now) => {
      if (now === joined) return
      joined = now
      for (const leg of legs.values()) tell(leg, { kind: joined ? 'joined' : 'unjoined' })
    },
    pathChanged: () => {
      const is = hasPath()
      for (const leg of legs.values()) {
        const waitMs = is ? chance.between(50, 400) : chance.between(noticeMs.least, noticeMs.most)
        clock.at(clock.now() + waitMs, () => {
          if (leg.isClosed || hasPath() !== is) return
          if (!is) tell(leg, { kind: 'lost', failed: false })
          else if (isWell(leg)) tell(leg, { kind: 'connected' })
        })
      }
    },
    dropped: () => {
      for (const leg of legs.values()) {
        clock.at(clock.now() + chance.between(noticeMs.least, noticeMs.most), () => {
          if (!leg.isClosed && !isWell(leg)) tell(leg, { kind: 'lost', failed: false })
        })
      }
    },
    crash: () => {
      isThere = false
      for (const leg of [...legs.values()]) drop(leg)
      phone.engineGone()
      clock.at(clock.now() + 100, () => {
        isThere = true
        obey(phone.orders())
      })
    },
    stop: () => {
      isThere = false
      for (const leg of [...legs.values()]) drop(leg)
    }
  }
}
