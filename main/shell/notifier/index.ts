// Chooses how this system shows notifications. The rest of the shell knows only the notifier.
import type { Logger } from '../../../common/log.ts'
import type { SessionBus } from '../session-bus.ts'
import { createElectronPresenter } from './electron.ts'
import { createLinuxPresenter } from './linux.ts'
import { createNotifier, type Notifier, type NotifierDeps } from './notifier.ts'

export type SystemNotifierDeps = Pick<NotifierDeps, 'act' | 'shown'> & {
  readonly platform: string
  readonly openBus: (onClosed: () => void) => Promise<SessionBus>
  readonly icon: string
  readonly log: Logger
}

export const createSystemNotifier = ({ platform, openBus, icon, ...deps }: SystemNotifierDeps): Notifier =>
  createNotifier({
    ...deps,
    makePresenter: (events) => {
      const plain = createElectronPresenter(events, icon)
      return platform === 'linux'
        ? createLinuxPresenter({ openBus, fallback: plain, events, icon, log: deps.log })
        : plain
    }
  })
