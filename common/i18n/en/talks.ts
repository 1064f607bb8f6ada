// English: how a talk was as a whole, its numbers while it goes on, and what a person says of it afterwards.

export const talksEn = {
  /** In the details of a past call. */
  past: {
    title: 'Sound quality',
    mine: 'For you',
    theirs: 'For them',
    /** For how long it was not good; the cause follows where it is known. */
    poorFor: (length: string) => `Bad for ${length}`,
    fairFor: (length: string) => `Fair for ${length}`,
    because: (what: string, cause: string) => `${what}: ${cause}.`,
    /** What the own device has found: `mine` is this person's network. */
    mineCauses: {
      lossIn: {
        mine: (percent: string) => `your network lost ${percent} of what you heard`,
        theirs: (percent: string) => `their network lost ${percent} of what they said`,
        unknown: (percent: string) => `${percent} of what they said was lost on the way`
      },
      lossOut: {
        mine: (percent: string) => `your network lost ${percent} of what you said`,
        theirs: (percent: string) => `their network lost ${percent} of what you said`,
        unknown: (percent: string) => `${percent} of what you said was lost on the way`
      },
      delay: (time: string) => `sound took at least ${time}`
    },
    /** What the other side's device has found: `mine` is their network. */
    theirsCauses: {
      lossIn: {
        mine: (percent: string) => `their network lost ${percent} of what you said`,
        theirs: (percent: string) => `your network lost ${percent} of what you said`,
        unknown: (percent: string) => `${percent} of what you said was lost on the way`
      },
      lossOut: {
        mine: (percent: string) => `their network lost ${percent} of what they said`,
        theirs: (percent: string) => `your network lost ${percent} of what they said`,
        unknown: (percent: string) => `${percent} of what they said was lost on the way`
      },
      delay: (time: string) => `sound took at least ${time}`
    },
    /** What the graph shows, for who does not see it. */
    graph: (mean: string, lowest: string, best: string) =>
      `Mark during the call: ${mean} of ${best} on average, ${lowest} at the lowest`
  },

  /** The numbers of a talk that goes on. */
  panel: {
    show: 'Show details',
    hide: 'Hide details',
    title: 'The last two minutes',
    graphs: {
      mos: 'Mark (MOS)',
      lossIn: 'Lost on the way to you',
      lossOut: 'Lost on the way to them',
      roundTrip: 'To the server and back',
      jitter: 'Jitter',
      levelIn: 'Their level',
      levelOut: 'Your level'
    },
    /** One graph in words. */
    range: (name: string, now: string, least: string, most: string) =>
      `${name}: now ${now}, from ${least} to ${most} in the last two minutes`,
    facts: {
      codec: 'Codec',
      bitsIn: 'Bit rate to you',
      bitsOut: 'Bit rate to them',
      transport: 'Way of the sound',
      direct: (protocol: string) => `${protocol}, straight to the server`,
      relayed: (protocol: string) => `${protocol}, by a relay`
    },
    kilobits: (count: string) => `${count} kbit/s`,
    decibels: (count: string) => `${count} dB`,
    unknown: '–'
  },

  /** Asked after a talk. */
  rating: {
    label: 'Rate the call',
    ask: (name: string) => `How was the sound with ${name}?`,
    good: 'Good',
    bad: 'Bad',
    why: 'What was wrong?',
    reasons: {
      not_heard: 'They couldn’t hear me',
      could_not_hear: 'I couldn’t hear them',
      broken_up: 'It broke up',
      delay: 'The sound was late',
      echo: 'Echo',
      noise: 'Noise'
    },
    thanks: 'Thank you.',
    setting: 'Ask how the sound was after a call',
    settingHint: 'Your answer is kept with the call for whoever runs the server. One tap, or none.'
  }
}
