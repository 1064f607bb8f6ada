// What must not compile in a page: Node's and Electron's APIs, wrong payloads over the bridge. Never run.
/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-require-imports -- what must not compile has no type */
import type { MainBridge, RingBridge } from '../../../common/ipc.ts'

declare const bridge: MainBridge
declare const ringBridge: RingBridge

export const calls = async (): Promise<void> => {
  await bridge.dial({ to: '102' })
  // @ts-expect-error: the field is `to`
  await bridge.dial({ number: '102' })
  // @ts-expect-error: a number is text
  await bridge.dial({ to: 102 })
  // @ts-expect-error: nothing more than the contract's fields
  await bridge.answer({ session: 's', force: true })
  // @ts-expect-error: no such setting
  await bridge.changeSettings({ colour: 'red' })
  // @ts-expect-error: no such value of the setting
  await bridge.changeSettings({ theme: 'pink' })
  // @ts-expect-error: there is no generic way to send
  await bridge.send('call.dial', { to: '102' })
  // @ts-expect-error: the ring window can't hang up
  await ringBridge.hangUp({ session: 's' })
  // @ts-expect-error: nor sign in
  await ringBridge.signIn({ server: '', username: '', password: '' })
}

export const media = async (): Promise<void> => {
  const ref = { requestId: 'r', session: 's', epoch: 1 }
  await bridge.mediaRequest({ ...ref, name: 'media.open', data: {} })
  // @ts-expect-error: a call's request does not go this way
  await bridge.mediaRequest({ ...ref, name: 'call.hangup', data: {} })
  // @ts-expect-error: which way the media flow is said
  await bridge.mediaRequest({ ...ref, name: 'media.restartIce', data: {} })
  // @ts-expect-error: no such fact
  await bridge.mediaFact({ session: 's', epoch: 1, fact: { kind: 'exploded' } })
  // @ts-expect-error: a failure says what failed
  await bridge.mediaFact({ session: 's', epoch: 1, fact: { kind: 'failed' } })
}

export const nodeApis = (): readonly unknown[] => [
  // @ts-expect-error: a page has no process
  process.env,
  // @ts-expect-error: no require
  require('node:fs'),
  // @ts-expect-error: no Buffer
  Buffer.from('x'),
  // @ts-expect-error: no folder of its own
  __dirname
]
