// What a command in a terminal (`tamas dial 101`) asks of the app that runs, and what that answers: one line of JSON each
// way over a socket of this user alone. Schemas; who may ask is decided by where the socket is (main/command/place).
import { z } from 'zod'

/** Longer than any request: a longer line is none of ours. */
export const longestRequest = 4096
/** `status` with all the calls that a phone may have. */
export const longestAnswer = 64 * 1024

/** `toggle` is what the word alone means. */
const change = z.enum(['on', 'off', 'toggle'])
export type Change = z.infer<typeof change>

export const command = z.discriminatedUnion('name', [
  /** `patient`: the app was started for this, so its connection is waited for. */
  z.strictObject({ name: z.literal('dial'), to: z.string().min(1).max(256), patient: z.boolean() }),
  z.strictObject({ name: z.literal('answer') }),
  z.strictObject({ name: z.literal('decline') }),
  z.strictObject({ name: z.literal('hangup') }),
  z.strictObject({ name: z.literal('mute'), change }),
  z.strictObject({ name: z.literal('hold'), change }),
  z.strictObject({ name: z.literal('status') }),
  z.strictObject({ name: z.literal('show') }),
  z.strictObject({ name: z.literal('quit') })
])
export type Command = z.infer<typeof command>

/** The phone for programs: what `status --json` prints. Fields are added, never changed. */
export const phoneStatus = z.object({
  account: z.enum(['signedOut', 'signingIn', 'signedIn', 'guest']),
  username: z.string().nullable(),
  server: z.string().nullable(),
  /** Whether calls come and can be made now. */
  connected: z.boolean(),
  doNotDisturb: z.string(),
  missed: z.number(),
  calls: z.array(
    z.object({
      username: z.string(),
      name: z.string(),
      direction: z.string(),
      status: z.string(),
      /** Whether it has the microphone and the speaker. */
      talking: z.boolean(),
      muted: z.boolean(),
      held: z.boolean(),
      talkMs: z.number()
    })
  )
})
export type PhoneStatus = z.infer<typeof phoneStatus>

/** `text` is for the person, in their language: what was done, or why it was not. */
export const commandAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), text: z.string(), status: phoneStatus.nullable() }),
  z.object({ outcome: z.literal('refused'), text: z.string() }),
  /** The app is starting: it is not known yet who is signed in. */
  z.object({ outcome: z.literal('starting') }),
  /** The app that runs does not know such a request: it is of another version. */
  z.object({ outcome: z.literal('unknown') })
])
export type CommandAnswer = z.infer<typeof commandAnswer>
