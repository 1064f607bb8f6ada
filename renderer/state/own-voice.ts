// What the microphone tells about the person while they talk: they speak and it is muted, or it gives no sound at all.
// Pure; fed with the level some times a second.
//
//                 voice for 0.6 s while muted            no word for 4 s, unmuted
//   nothing ─────────────────────────────────▶ speaksMuted ──────────────────▶ nothing
//           ─────────────────────────────────▶ noSound ──────────────────────▶ nothing
//             not a sound since 12 s, never one            any sound

export type VoiceNotice = 'nothing' | 'speaksMuted' | 'noSound'

export type OwnVoice = {
  readonly notice: VoiceNotice
  /** How long somebody was heard lately, while muted; pauses between words take it down slowly. */
  readonly voicedMs: number
  readonly lastVoiceAt: number
  /** Since when there was no sound whatever; null once there was any in this call: then it is not the microphone. */
  readonly deadSince: number | null
  readonly at: number
}

/** About -33 dB: a voice near the microphone, and no fan. */
const voice = 0.45
const speaksAfterMs = 600
const quietAfterMs = 4_000
const deadAfterMs = 12_000
/** A page that was asleep heard nothing meanwhile. */
const longestStepMs = 500

export const newOwnVoice = (at: number): OwnVoice => ({
  notice: 'nothing',
  voicedMs: 0,
  lastVoiceAt: at,
  deadSince: at,
  at
})

/** `level` is 0 where there is no sound at all, up to 1 (full scale). */
export const hearOwnVoice = (before: OwnVoice, heard: { level: number; muted: boolean; at: number }): OwnVoice => {
  const { level, muted, at } = heard
  const passedMs = Math.min(at - before.at, longestStepMs)
  const isVoice = level >= voice
  const voicedMs = muted ? Math.max(0, before.voicedMs + (isVoice ? passedMs : -passedMs / 2)) : 0
  const lastVoiceAt = isVoice ? at : before.lastVoiceAt
  const deadSince = level > 0 ? null : before.deadSince
  const next = { voicedMs: Math.min(voicedMs, speaksAfterMs), lastVoiceAt, deadSince, at }
  const speaks =
    muted && (voicedMs >= speaksAfterMs || (before.notice === 'speaksMuted' && at - lastVoiceAt < quietAfterMs))
  if (speaks) return { ...next, notice: 'speaksMuted' }
  const isDead = !muted && deadSince !== null && at - deadSince >= deadAfterMs
  return { ...next, notice: isDead ? 'noSound' : 'nothing' }
}
