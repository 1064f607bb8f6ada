// How strong a note is in a piece of sound (Goertzel's algorithm), and whether notes that were played are in what was
// heard. Pure.
import type { HeardBack } from '../preflight/ports.ts'

/** Mean square of the part of the sound that is this note. */
export const notePower = (samples: Float32Array, rate: number, hz: number): number => {
  if (samples.length === 0) return 0
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rate)
  let [last, before] = [0, 0]
  samples.forEach((sample, index) => {
    // A window that fades in and out keeps loud neighbours from leaking into the note.
    const fade = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / samples.length)
    const next = 2 * fade * sample + turn * last - before
    before = last
    last = next
  })
  const power = last * last + before * before - turn * last * before
  return (2 * power) / samples.length ** 2
}

/** More than a semitone away, and beyond what leaks out of the note itself. */
const aside = 1.08
/** What is ten times as strong as that is a note, and no click, no breath and no voice between its harmonics. */
const standsOut = 10

/** The power of the note where it stands out from what is beside it, else 0. */
export const purePower = (samples: Float32Array, rate: number, hz: number): number => {
  const power = notePower(samples, rate, hz)
  const beside = Math.max(notePower(samples, rate, hz * aside), notePower(samples, rate, hz / aside))
  return power >= standsOut * beside ? power : 0
}

/** A note is heard where it stands so far above what was there before it, and above the noise of any device (-75 dB). */
const leastDb = 10
const leastPower = 3e-8
/** So many times in a row of looks: what is there once is chance. */
const leastOften = 3

const decibels = (ratio: number): number => 10 * Math.log10(ratio)

/** For each note its power before and while it was played. One note may be anything; all of them are the player's. */
export const heardBack = (
  notes: readonly { readonly before: readonly number[]; readonly during: readonly number[] }[]
): HeardBack => {
  const over = notes.map(({ before, during }) => {
    const quiet = Math.max(leastPower / 10, ...before)
    const loud = [...during].sort((one, other) => other - one)[leastOften - 1] ?? 0
    return loud < leastPower ? 0 : Math.max(0, decibels(loud / quiet))
  })
  const overDb = over.length === 0 ? 0 : Math.min(...over)
  return { heard: overDb >= leastDb, overDb }
}
