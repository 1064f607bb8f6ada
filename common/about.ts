// What is said about this copy of the app. Types only.

/** What this copy of the app is and stands on. */
export type About = {
  readonly electron: string
  readonly chrome: string
  readonly node: string
  /** The Electron is not the one that the app is made for: never given to anybody. */
  readonly standIn: boolean
  /** The folder of the logs. */
  readonly logs: string
}

/** The work of others that is part of the app. */
export type BundledPackage = {
  readonly name: string
  readonly version: string
  /** As SPDX names it. */
  readonly licence: string
  /** The whole text, where the package has one. */
  readonly text: string
}
