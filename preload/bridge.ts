// Makes the fixed functions of the bridge: one for each channel, and no way to name another. Both preloads use it.
import { ipcRenderer } from 'electron'
import {
  channelOf,
  type AnnouncementName,
  type Announcements,
  type InvocationData,
  type InvocationName,
  type InvocationValue
} from '../common/ipc.ts'
import type { Result } from '../common/result.ts'

/** A function that asks main over one channel. Main answers a Result; what Electron itself refuses becomes one. */
export const ask = <N extends InvocationName>(
  name: N
): ((data: InvocationData<N>) => Promise<Result<InvocationValue<N>>>) => {
  const channel = channelOf(name)
  return (data) =>
    // The cast is the contract's: main's handler for this channel is typed by the same table.
    (ipcRenderer.invoke(channel, data) as Promise<Result<InvocationValue<N>>>).catch((error: unknown) => ({
      ok: false,
      error: { code: 'internal', detail: error instanceof Error ? error.message : name }
    }))
}

/** A function that subscribes to one channel. The listener gets the data alone, never Electron's event. */
export const listen = <N extends AnnouncementName>(
  name: N
): ((listener: (data: Announcements[N]) => void) => () => void) => {
  const channel = channelOf(name)
  return (listener) => {
    const heard = (_event: unknown, data: Announcements[N]): void => {
      listener(data)
    }
    ipcRenderer.on(channel, heard)
    return () => {
      ipcRenderer.removeListener(channel, heard)
    }
  }
}
