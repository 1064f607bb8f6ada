// Whether anything at all is heard of the other side, though it should be. Pure; fed with each look at the line.
//
//              not a sound for 10 s, while there should be
//   nothing ─────────────────────────────────────────────▶ unheard
//      ▲                                                       │
//      └── any sound; hold, mute, pause, or nobody knows ──────┘

export type TheirVoice = {
  readonly notice: 'nothing' | 'unheard'
  /** Since when there was no sound whatever, though there should be; null otherwise. */
  readonly silentSince: number | null
}

/** A microphone that is on gives some sound all the time, be it the quietest room: only one that is off or away gives none. */
const unheardAfterMs = 10_000

export const newTheirVoice: TheirVoice = { notice: 'nothing', silentSince: null }

/** `sounding` is null where that is not known; `expected` is false while they may well be silent. */
export const hearTheirs = (
  before: TheirVoice,
  heard: { sounding: boolean | null; expected: boolean; at: number }
): TheirVoice => {
  if (heard.sounding !== false || !heard.expected) return newTheirVoice
  const silentSince = before.silentSince ?? heard.at
  return { notice: heard.at - silentSince >= unheardAfterMs ? 'unheard' : 'nothing', silentSince }
}
