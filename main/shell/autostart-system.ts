// Chooses how this system starts the app at signing in. The rest of the shell knows only Autostart.
import type { App } from 'electron'
import type { Logger } from '../../common/log.ts'
import { writeAtomically } from '../store/atomic-file.ts'
import { createLinuxAutostart, createSystemAutostart, hiddenStart, ownAppImage, type Autostart } from './autostart.ts'

export const systemAutostart = (deps: {
  readonly app: App
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Logger
}): Autostart => {
  const { app, platform, env, log } = deps
  const program = hiddenStart({
    execPath: process.execPath,
    appImage: ownAppImage(process.execPath, env),
    appFolder: app.getAppPath(),
    isPackaged: app.isPackaged,
    userDataSwitch: app.commandLine.getSwitchValue('user-data-dir')
  })
  return platform === 'linux'
    ? createLinuxAutostart({ configFolder: app.getPath('appData'), program, write: writeAtomically, log })
    : createSystemAutostart(app, program)
}
