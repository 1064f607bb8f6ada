// What must not compile in the main process: wrong channels, wrong payloads, a page's APIs. Never run.
/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call -- what must not compile has no type */
import type { Doorman, Handlers } from '../../../main/ipc/doorman.ts'
import type { Phone, SignalingSession } from '../../../main/ports.ts'
import { ok } from '../../../common/result.ts'

declare const doorman: Doorman
declare const session: SignalingSession
declare const phone: Phone

export const announcements = (): void => {
  doorman.announce('app.changed', { rev: 1, now: 0, changed: { missed: 1 } })
  // @ts-expect-error: no such announcement
  doorman.announce('app.exploded', {})
  // @ts-expect-error: an invocation is not an announcement
  doorman.announce('call.dial', { to: '102' })
  // @ts-expect-error: a patch has a number
  doorman.announce('app.changed', { changed: {} })
  // @ts-expect-error: a slice has its own type
  doorman.announce('app.changed', { rev: 1, now: 0, changed: { missed: 'one' } })
  // @ts-expect-error: an order says whether the microphone may be open
  doorman.announce('media.orders', [{ session: 's', epoch: 1, want: 'talk', muted: false }])
  // @ts-expect-error: no such role
  doorman.admit({} as never, 'admin')
}

export const handlers = (): readonly Partial<Handlers>[] => [
  { 'call.dial': ({ to }) => ok({ session: to }) },
  // @ts-expect-error: the answer's value is another
  { 'call.dial': () => ok({ callId: 'n.1' }) },
  // @ts-expect-error: an answer is a Result
  { 'call.dial': () => ({ session: 's' }) },
  // @ts-expect-error: dialling names `to`, not `number`
  { 'call.dial': ({ number }: { number: string }) => ok({ session: number }) },
  // @ts-expect-error: no such channel
  { 'call.explode': () => ok({}) }
]

export const requests = async (): Promise<void> => {
  await session.request('call.create', { to: '102' })
  // @ts-expect-error: no such request
  await session.request('call.explode', {})
  // @ts-expect-error: a push is not a request
  await session.request('call.changed', {})
  // @ts-expect-error: the field's type is another
  await session.request('call.create', { to: 102 })
  // @ts-expect-error: a media request names its call and epoch
  await session.request('media.connect', { flow: 'send', dtlsParameters: {} as never })
  const answer = await session.request('call.accept', { callId: 'n.1' })
  // @ts-expect-error: nobody reads a value before asking whether there is one
  answer.value.call.toString()
}

export const phoneCalls = (): void => {
  // @ts-expect-error: the session's key, not the number
  phone.answer(102)
  // @ts-expect-error: whether to mute is said
  phone.mute('s')
  // @ts-expect-error: a status that there is not
  phone.mediaFact('s', 1, { kind: 'exploded' })
}

export const pageApis = (): readonly unknown[] => [
  // @ts-expect-error: main has no page
  document.title,
  // @ts-expect-error: main has no window
  window.tamas,
  // @ts-expect-error: media live in the page
  new RTCPeerConnection()
]
