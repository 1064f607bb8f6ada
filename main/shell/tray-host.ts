// Whether the desktop has a place for tray icons: Electron makes an icon either way and can't tell. Shows nothing.
import type { Logger } from '../../common/log.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { SessionBus } from './session-bus.ts'

export type TrayHost = {
  /** Answers once the desktop was asked, or has not answered in time. */
  readonly isThere: () => Promise<boolean>
  readonly close: () => void
}

/** Other systems always have one. */
export const systemTrayHost: TrayHost = { isThere: () => Promise.resolve(true), close: () => undefined }

const answerWithinMs = secondMs

export type TrayHostDeps = {
  readonly openBus: (onClosed: () => void) => Promise<SessionBus>
  /**
   * There is one now that was not there when this began: the desktop came up later than the app. One that is started anew is
   * met by Chromium itself.
   */
  readonly appeared: () => void
  readonly clock: Clock
  readonly log: Logger
}

/** Linux: follows the owner of the name that shows StatusNotifierItems. */
export const createTrayHost = ({ openBus, appeared, clock, log }: TrayHostDeps): TrayHost => {
  let isThere = false
  /** There has been none since this began; undefined before that was asked. */
  let wasMissing: boolean | undefined
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
        const isLate = wasMissing === true && isThere
        wasMissing = (wasMissing ?? true) && !isThere
        if (isLate) appeared()
      })
  }
  // A window that is closed just after the start shall not be minimized because nobody had asked yet.
  const asked = new Promise<void>((resolve) => {
    clock.at(clock.now() + answerWithinMs, resolve)
    watch()
      .catch((error: unknown) => {
        log.info('no tray: closing the window will minimize it', { error: String(error) })
      })
      .finally(resolve)
  })
  return {
    isThere: async () => {
      await asked
      return isThere
    },
    close: () => {
      isClosed = true
      bus?.close()
    }
  }
}
