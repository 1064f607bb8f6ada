// One running app for each user-data folder: a later start makes the first show its window, and ends.
import { app } from 'electron'

/** False where another instance runs already: this one must end at once. */
export const claimSingleInstance = (): boolean => app.requestSingleInstanceLock()

/**
 * Hears of later starts. Their command line is where links arrive (`tel:`, `tamas:`); only a URL parser may ever read it.
 */
export const onSecondInstance = (listener: (commandLine: readonly string[]) => void): void => {
  app.on('second-instance', (_event, commandLine) => {
    listener(commandLine)
  })
}
