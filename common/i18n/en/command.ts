// English: what is printed in a terminal by the commands of the app (`tamas dial 101`).

export const commandEn = {
  /** `program` is what was typed to start it. Commands stay as they are in every language. */
  help: (program: string) => `Usage: ${program} <command>

  dial <number or name>   call somebody; starts Tamas if it does not run
  answer                  answer the call that rings
  decline                 decline the call that rings
  hangup                  end the call that goes on
  mute [on|off]           mute yourself, or be heard again
  hold [on|off]           put the call on hold, or go on with it
  status [--json]         say how the phone and its calls are
  show                    open the window
  quit                    end Tamas, if no call is on

  --help, --version

Without a command Tamas is started, or its window is opened.
A link is opened after two hyphens: ${program} -- tel:101
Exit codes: 0 done, 1 refused, 2 wrong use, 3 Tamas does not run.`,
  unknown: (word: string, program: string) => `There is no command “${word}”. See ${program} --help.`,
  noNumber: (program: string) => `Whom to call is missing: ${program} dial <number or name>`,
  unexpected: (word: string, program: string) => `“${word}” is not expected here. See ${program} --help.`,
  notRunning: 'Tamas does not run.',
  starting: 'Tamas is starting. Repeat the command in a moment.',
  notUnderstood: 'The Tamas that runs is of another version. Quit it, start it again, and repeat the command.',
  noAnswer: 'Tamas does not answer. Repeat the command, or start Tamas again.',
  notStarted: 'Tamas was started but is not ready yet. Repeat the command in a moment.',
  notDialable: 'That is neither a number nor a name that can be called.',
  calling: (person: string) => `Calling ${person}`,
  answered: (person: string) => `Answered: ${person}`,
  declined: (person: string) => `Declined: ${person}`,
  ended: (person: string) => `Call ended: ${person}`,
  muted: 'Muted',
  unmuted: 'Your microphone is on',
  held: (person: string) => `On hold: ${person}`,
  resumed: (person: string) => `Going on: ${person}`,
  shown: 'The window is open.',
  quitting: 'Tamas ends.',
  nothingRings: 'Nobody is calling.',
  noCall: 'There is no call.',
  noTalk: 'There is no talk to do that with.',
  noneHeld: 'No call is on hold.',
  inCall: 'A call is on. Hang up first, then quit.',
  /** The lines of `status`. */
  status: {
    signedIn: (name: string, server: string) => `Signed in as ${name} on ${server}`,
    guest: (name: string, server: string) => `Here as ${name} for one call, on ${server}`,
    noCalls: 'No calls',
    muted: 'muted'
  }
}
