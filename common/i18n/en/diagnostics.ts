// English: what stopped unexpectedly, and the logs to look at.

export const diagnosticsEn = {
  /** The app ended. */
  appStopped: (when: string) => `Tamas stopped unexpectedly (${when}). A note of it is kept on this device only.`,
  /** The window's page went away and is back. */
  pageStopped: (when: string) =>
    `This window stopped unexpectedly and was opened again (${when}). A note of it is kept on this device only.`,
  show: 'Show'
}
