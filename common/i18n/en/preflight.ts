// English: the check of calls, what it found, and what to do about it.
import { plural } from './plural.ts'

export const preflightEn = {
  text: 'Looks at everything that a call needs, one thing after the other. It takes about a minute, plays a few notes and asks you to speak.',
  start: 'Check now',
  again: 'Check again',
  stop: 'Stop the check',
  refused: 'You are in a call. End it first, then check.',
  stopped: 'The check was stopped. This was found until then.',
  interrupted: 'The check has ended, since a call came in or you are signed in no more. This was found until then.',
  done: {
    well: 'Your calls should go well.',
    todo: (count: number, written: string) =>
      plural(count, { one: `${written} thing needs your attention.`, other: `${written} things need your attention.` })
  },
  verdicts: { well: 'Good', mind: 'To be improved', bad: 'Problem', open: 'Not checked', running: 'Being checked' },
  subjects: {
    server: 'Server',
    clock: 'Clock',
    microphone: 'Microphone',
    speaker: 'Speaker',
    echo: 'Echo',
    tcp: 'Sound by TCP',
    udp: 'Sound by UDP',
    relay: 'Relay',
    talk: 'Test talk'
  },
  /** While it is being checked. */
  doing: {
    server: 'Asking the server…',
    microphone: 'Say something, as you would in a call.',
    speaker: 'Playing a few notes. Please be quiet for a moment.',
    echo: 'Playing the notes again and listening for an echo. Please be quiet.',
    tcp: 'Making a sound connection by TCP…',
    udp: 'Making a sound connection by UDP…',
    relay: 'Looking for a relay…',
    talk: 'Talk for ten seconds: you hear yourself.'
  },
  ask: 'Did you hear a few notes?',
  answers: { yes: 'Yes', no: 'No', again: 'Play them again' },
  found: {
    server: {
      well: (time: string) => `It answers within ${time} and knows you.`,
      slow: (time: string) =>
        `It answers only after ${time}. Calls begin late and sound may come late: try another network, or a cable instead of Wi-Fi.`,
      away: 'It does not answer. Check your network; if other programs are online, ask whoever runs the server.'
    },
    clock: {
      well: 'It is right.',
      unknown: 'The server does not tell the time.',
      ahead: (time: string) =>
        `This computer’s clock is ${time} ahead of the server’s. Let your system set the time by itself: a wrong clock can break secure connections.`,
      behind: (time: string) =>
        `This computer’s clock is ${time} behind the server’s. Let your system set the time by itself: a wrong clock can break secure connections.`
    },
    microphone: {
      heard: (device: string) => `You can be heard. Used: ${device}.`,
      quiet: (device: string) =>
        `You can hardly be heard. Speak closer to it, turn it up in your system’s sound settings, or choose another one than ${device}.`,
      dead: (device: string) =>
        `Not a sound comes from ${device}. It may be switched off or muted at the device; otherwise choose another one.`
    },
    speaker: {
      heardBack: (device: string) => `It works: the microphone has heard it. Used: ${device}.`,
      confirmed: (device: string) => `You have heard it. Used: ${device}.`,
      unheard: (device: string) =>
        `You did not hear ${device}. Turn it up in your system’s sound settings, or choose another one.`
    },
    echo: {
      none: 'The microphone hears nothing of the speaker.',
      removed: 'The microphone hears the speaker, and Tamas takes that out of what it sends.',
      cancelled:
        'Others may hear their own voice, although echo cancellation is on. Turn the speaker down, or use a headset.',
      uncancelled: 'Others hear their own voice. Turn echo cancellation on in the sound settings, or use a headset.',
      untried: 'Not checked: it needs a microphone and a speaker that work.'
    },
    /** `port` is the server's. */
    tcp: {
      open: 'It gets through. Calls use it where UDP is blocked.',
      blocked: (port: string) =>
        `TCP to port ${port} of the server is blocked. Calls go by UDP, so there is nothing to do.`,
      blockedToo: (port: string) =>
        `TCP to port ${port} of the server is blocked too. Ask whoever runs your network to allow it.`
    },
    udp: {
      open: 'It gets through.',
      blocked: (port: string) =>
        `UDP is blocked. Calls go by TCP and may stutter: ask whoever runs your network to allow UDP to port ${port} of the server.`,
      blockedToo: (port: string) =>
        `UDP to port ${port} of the server is blocked, and no other way gets through: there is no sound in calls. Ask whoever runs your network to allow it.`
    },
    notOffered: 'The server does not offer this way.',
    untriedWay: 'Not checked: it needs a test talk.',
    relay: {
      reached: 'The server names a relay, and it answers.',
      silent: 'The server names a relay, but it does not answer. Where UDP and TCP get through it is not needed.',
      none: 'Not configured: the server names none. It is needed only in very strict networks.'
    },
    talk: {
      good: (mark: string) => `Good sound: ${mark}.`,
      fair: (mark: string) => `Fair sound: ${mark}. A cable instead of Wi-Fi, or less other traffic, may help.`,
      poor: (mark: string) =>
        `Poor sound: ${mark}. Try another network, a cable instead of Wi-Fi, or end what else is using the network.`,
      noEcho: 'Not checked: this server has no Echo to talk to. Call somebody to try.',
      failed: 'The test talk did not come about. If a way above is blocked, that is why; otherwise check again later.',
      unmeasured: 'The test talk was connected, but no sound came back. Check again; if it stays so, copy the report.'
    }
  },
  /** The mark is of five; shares and times are written already. */
  mark: (mark: string, best: string) => `${mark} of ${best}`,
  numbers: {
    label: 'Numbers',
    lossIn: 'Lost on the way to you',
    lossOut: 'Lost on the way from you',
    jitter: 'Jitter',
    roundTrip: 'To the server and back'
  },
  report: {
    title: 'Report',
    text: 'For whoever helps you. It names your sound devices; no people, phone numbers or passwords are in it.',
    copy: 'Copy the report',
    copied: 'The report was copied.',
    failed: 'The report could not be copied. Select its text and copy it with Ctrl+C.',
    show: 'Show the report'
  },
  /** Where somebody has trouble with a call, or chooses devices. */
  offer: 'Check my calls…'
}
