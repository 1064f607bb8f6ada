// What must not compile in the bridge: wrong channels, wrong payloads, a bridge with more or less than its role's. Never run.
import type { MainBridge, MiniBridge, RingBridge } from '../../../common/ipc.ts'
import { ask, listen } from '../../../preload/bridge.ts'

export const channels = (): void => {
  void ask('call.dial')({ to: '102' })
  // @ts-expect-error: no such channel
  ask('call.explode')
  // @ts-expect-error: an announcement is heard, not asked
  ask('app.changed')
  // @ts-expect-error: an invocation is asked, not heard
  listen('call.dial')
  // @ts-expect-error: the payload is another
  void ask('call.dial')({ number: '102' })
  // @ts-expect-error: a listener gets a patch
  listen('app.changed')((patch: string) => patch)
}

declare const whole: MainBridge
export const ring: RingBridge = {
  load: ask('ring.load'),
  answer: whole.answer,
  decline: whole.decline,
  onChanged: listen('ring.changed'),
  // @ts-expect-error: the ring window can't dial
  dial: whole.dial
}

export const mini: MiniBridge = {
  load: ask('mini.load'),
  mute: whole.mute,
  hold: whole.hold,
  hangUp: whole.hangUp,
  showMain: ask('window.show'),
  onChanged: listen('mini.changed'),
  // @ts-expect-error: the mini window can't answer
  answer: whole.answer
}

// @ts-expect-error: and must be able to decline
export const incomplete: RingBridge = { load: ring.load, answer: whole.answer, onChanged: ring.onChanged }
// @ts-expect-error: the whole snapshot is not for it
export const curious: RingBridge = { ...ring, load: whole.load }
