// The bridge of the mini window: see the call, mute, resume, hang up, back to the main window, and nothing else. Sandboxed.
import { contextBridge } from 'electron'
import type { MiniBridge } from '../common/ipc.ts'
import { ask, listen } from './bridge.ts'

const bridge: MiniBridge = {
  load: ask('mini.load'),
  mute: ask('call.mute'),
  hold: ask('call.hold'),
  hangUp: ask('call.hangUp'),
  showMain: ask('window.show'),
  onChanged: listen('mini.changed')
}

contextBridge.exposeInMainWorld('tamas', bridge)
