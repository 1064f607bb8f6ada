// The bridge of the ring window: see, answer, decline, and nothing else. Sandboxed.
import { contextBridge } from 'electron'
import type { RingBridge } from '../common/ipc.ts'
import { ask, listen } from './bridge.ts'

const bridge: RingBridge = {
  load: ask('ring.load'),
  answer: ask('call.answer'),
  decline: ask('call.decline'),
  onChanged: listen('ring.changed')
}

contextBridge.exposeInMainWorld('tamas', bridge)
