// English: how good the sound of a talk is, and what hurts it.

export const qualityEn = {
  label: 'Sound quality',
  levels: { good: 'Good', fair: 'Fair', poor: 'Poor' },
  /** The name of the button that shows the numbers. */
  button: (level: string) => `Sound quality: ${level}`,
  /** By whose network it is, where that is known. */
  lossIn: {
    mine: (percent: string) => `Your network loses ${percent} of what you hear.`,
    theirs: (percent: string) => `Their network loses ${percent} of what they say.`,
    unknown: (percent: string) => `${percent} of what they say is lost on the way to you.`
  },
  lossOut: {
    mine: (percent: string) => `Your network loses ${percent} of what you say.`,
    theirs: (percent: string) => `Their network loses ${percent} of what you say.`,
    unknown: (percent: string) => `${percent} of what you say is lost on the way to them.`
  },
  delay: (time: string) => `High delay: sound takes at least ${time}.`,
  recovering: 'The sound is getting better.',
  /** Said to screen readers when it turns poor; the cause follows. */
  turnedPoor: 'The sound is poor now.',
  unheard: (name: string) => `Nothing is heard from ${name}. Is their microphone on?`,

  details: {
    opinion: 'Mark, estimated (MOS)',
    /** `best` is the best mark there is. */
    markOf: (mark: string, best: string) => `${mark} of ${best}`,
    lossIn: 'Lost on the way to you',
    gaps: 'Gaps that were filled',
    lossOut: 'Lost on the way to them',
    delay: 'Delay, at least',
    buffer: 'Of that, waiting for late sound',
    roundTrip: 'To the server and back',
    note: 'Measured over the last ten seconds.'
  }
}
