// What is known of a newer version of the app, as the interface shows it. Types only; main/update moves it.

/** Why an update did not come: there is a sentence for each. */
export type UpdateFault =
  /** The address does not answer, or not as it should. */
  | 'unreachable'
  /** What came is not what was announced: it was thrown away. */
  | 'damaged'
  /** It could not be written: the disk is full, or the folder is not to be written in. */
  | 'not_saved'

/** How what was downloaded takes the place of what runs. */
export type UpdateWay =
  /** By itself, when the app ends or is started again. */
  | { readonly by: 'restart' }
  /** By the system's package manager, which asks for a password: the person gives this command. */
  | { readonly by: 'command'; readonly command: string }

/**
 *                start, every 4 h, by hand             newer, no call is on                  whole
 *   idle ───────────────────────────────▶ checking ───────────────────────▶ downloading ─────────────▶ ready
 *     ▲               none newer              │ │  newer, in a call        ▲ │  a call                │  ▲
 *     ├───────────────────────────────────────┘ └──────▶ available ────────┘ │  begins       restart  │  │ not now
 *     │                                                  ▲  the calls are over│                in a call│  │
 *     │ checked again                                    └────────────────────┘                        ▼  │
 *   failed ◀── from checking or downloading: no answer, not what was announced, no room              waiting
 *                                                                                                       │ the calls are over
 *   off: the app was built without an address to ask at, or is no package                               ▼
 *                                                              ready ── restart, no call is on ──▶ installing (the app ends)
 *
 *   ready: looked again every 4 h ── another version, no call is on ──▶ downloading
 */
export type UpdateState =
  | { readonly at: 'off' }
  /** `current` is true once it is known that there is none newer. */
  | { readonly at: 'idle'; readonly current: boolean }
  | { readonly at: 'checking' }
  /** A call is on, whose line it would take away: it is downloaded afterwards. */
  | { readonly at: 'available'; readonly version: string }
  | { readonly at: 'downloading'; readonly version: string; readonly percent: number }
  | { readonly at: 'ready'; readonly version: string; readonly way: UpdateWay }
  /** The person wants it now, and a call is on: it waits for the end of that. */
  | { readonly at: 'waiting'; readonly version: string }
  | { readonly at: 'installing'; readonly version: string }
  | { readonly at: 'failed'; readonly fault: UpdateFault }
