// One running app for each user-data folder: a later start makes the first show its window, and ends. And macOS' own way
// to hand a link to the app that runs.
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

/** macOS says so by an event, which may come before the app is ready: listen at once. */
export const onOpenUrl = (listener: (url: string) => void): void => {
  app.on('open-url', (event, url) => {
    event.preventDefault()
    listener(url)
  })
}
