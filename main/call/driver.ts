// Makes so what the phone's state wants: sends what is to be told, waits for the earliest deadline, announces orders.
// It decides nothing: every answer and every passing of time goes back into the machine as an event.
import type { DelegateEvent } from '../../common/delegate.ts'
import { createEmitter, type Emitter } from '../../common/emitter.ts'
import type { MediaOrder } from '../../common/ipc.ts'
import type { Logger } from '../../common/log.ts'
import type { CallSnapshot } from '../../common/protocol/values.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { SignalingSession } from '../ports.ts'
import { step } from './machine.ts'
import { initialPhone, type PhoneEvent, type PhoneState } from './machine-state.ts'
import { noteEvent, noteHeard } from './notes.ts'
import { wants, type WantedRequest, type Wants } from './wants.ts'

export type Driver = {
  readonly phone: () => PhoneState
  readonly wants: () => Wants
  readonly dispatch: (event: PhoneEvent) => void
  readonly changed: Emitter<undefined>
  readonly delegate: Emitter<DelegateEvent>
  readonly orders: Emitter<readonly MediaOrder[]>
}

export type DriverDeps = {
  readonly request: SignalingSession['request']
  readonly clock: Clock
  readonly log: Logger
}

const isSameOrder = (one: MediaOrder, other: MediaOrder | undefined): boolean =>
  other !== undefined &&
  one.session === other.session &&
  one.epoch === other.epoch &&
  one.want === other.want &&
  one.microphone === other.microphone &&
  one.muted === other.muted

const areSame = (one: readonly MediaOrder[], other: readonly MediaOrder[]): boolean =>
  one.length === other.length && one.every((order, index) => isSameOrder(order, other[index]))

export const createDriver = ({ request, clock, log }: DriverDeps): Driver => {
  const onError = (error: unknown): void => log.error('a listener of the phone failed', { error: String(error) })
  const changed = createEmitter<undefined>(onError)
  const delegate = createEmitter<DelegateEvent>(onError)
  const orders = createEmitter<readonly MediaOrder[]>(onError)

  let phone = initialPhone
  let wanted = wants(phone)
  let timer: { readonly at: number; readonly cancel: () => void } | null = null
  const underWay = new Set<string>()
  // A listener may move the phone again: what it then hears comes after what is being said now.
  const outbox: (() => void)[] = []
  let isDelivering = false

  const deliver = (): void => {
    if (isDelivering) return
    isDelivering = true
    for (let next = outbox.shift(); next !== undefined; next = outbox.shift()) next()
    isDelivering = false
  }

  const arm = (at: number | null): void => {
    if (timer?.at === at || (timer === null && at === null)) return
    timer?.cancel()
    timer =
      at === null
        ? null
        : {
            at,
            cancel: clock.at(at, () => {
              timer = null
              dispatch({ kind: 'time' })
            })
          }
  }

  const ask = async ({ name, data, requestId }: WantedRequest): Promise<Result<CallSnapshot | null>> => {
    const answer = await request(name, data, { requestId })
    if (!answer.ok) return answer
    return ok('call' in answer.value ? answer.value.call : null)
  }

  const send = (telling: WantedRequest): void => {
    const { session, requestId, name } = telling
    if (underWay.has(requestId)) return
    underWay.add(requestId)
    void ask(telling)
      .catch((error: unknown) => fail('internal', String(error)))
      .then((result) => {
        underWay.delete(requestId)
        if (!result.ok) {
          const callId = phone.calls.find((call) => call.session === session)?.callId ?? undefined
          log.debug('the server did not take a message', { name, code: result.error.code, session, callId })
        }
        dispatch({ kind: 'answered', session, requestId, result })
      })
  }

  const dispatch = (event: PhoneEvent): void => {
    const before = phone
    const moved = step(phone, event, clock.now())
    phone = moved.phone
    const ordersBefore = wanted.orders
    wanted = wants(phone)
    arm(wanted.nextAt)
    const ordersNow = wanted.orders
    if (!areSame(ordersBefore, ordersNow)) outbox.push(() => orders.emit(ordersNow))
    noteEvent(log, before, event)
    for (const heard of moved.delegate) {
      noteHeard(log, heard)
      outbox.push(() => delegate.emit(heard))
    }
    if (phone !== before) outbox.push(() => changed.emit(undefined))
    deliver()
    // In this order, and after what was heard: the window moves first, then the wire.
    for (const telling of wanted.requests) send(telling)
  }

  return { phone: () => phone, wants: () => wanted, dispatch, changed, delegate, orders }
}
