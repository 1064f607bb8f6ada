// Whether the desktop has a place for tray icons: Electron makes an icon either way and can't tell. Shows nothing.
import type { Logger } from '../../common/log.ts'
import type { SessionBus } from './session-bus.ts'

export type TrayHost = { readonly isThere: () => boolean; readonly close: () => void }

/** Other systems always have one. */
export const systemTrayHost: TrayHost = { isThere: () => true, close: () => undefined }

/** Linux: follows the owner of the name that shows StatusNotifierItems. */
export const createTrayHost = (openBus: (onClosed: () => void) => Promise<SessionBus>, log: Logger): TrayHost => {
  let isThere = false
  let isClosed = false
  let bus: SessionBus | null = null
  const watch = async (): Promise<void> => {
    bus = await openBus(() => {
      isThere = false
    })
    if (isClosed) bus.close()
    else
      await bus.watchOwner('org.kde.StatusNotifierWatcher', (owner) => {
        isThere = owner !== null
      })
  }
  watch().catch((error: unknown) => {
    log.info('no tray: closing the window will minimize it', { error: String(error) })
  })
  return {
    isThere: () => isThere,
    close: () => {
      isClosed = true
      bus?.close()
    }
  }
}
