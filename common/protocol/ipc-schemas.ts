// Schemas of what windows send to main; parsed by the doorman before anything else looks at it.
import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import type { InvocationData, InvocationName } from '../ipc.ts'
import { mediaRequestNames } from './media.ts'
import { settingsChange } from './settings.ts'
import { id, username } from './values.ts'

const none = z.strictObject({})
const bySession = z.strictObject({ session: id })
const epoch = z.number().int().positive()

const mediaFact = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('lost') }),
  z.strictObject({ kind: z.literal('back') }),
  z.strictObject({ kind: z.literal('rebuild') }),
  z.strictObject({ kind: z.literal('failed'), code: z.enum(errorCodes) }),
  z.strictObject({ kind: z.literal('recovered') })
])

export const invocationSchemas = {
  'app.load': none,
  'ring.load': none,
  'account.signIn': z.strictObject({
    server: z.string().min(1).max(512),
    username,
    password: z.string().min(1).max(256)
  }),
  'account.signOut': none,
  'call.dial': z.strictObject({ to: username }),
  'call.answer': bySession,
  'call.decline': bySession,
  'call.hangUp': bySession,
  'call.mute': bySession.extend({ muted: z.boolean() }),
  'call.dismiss': bySession,
  'settings.change': settingsChange,
  'favourites.set': z.strictObject({ usernames: z.array(username).max(200) }),
  'recents.more': z.strictObject({ cursor: z.string().max(128).nullable() }),
  'recents.seen': none,
  'network.online': none,
  'media.request': z.strictObject({
    requestId: id,
    session: id,
    epoch,
    name: z.enum(mediaRequestNames),
    data: z.unknown()
  }),
  'media.cancel': z.strictObject({ requestId: id }),
  'media.fact': z.strictObject({ session: id, epoch, fact: mediaFact }),
  'media.attach': none
} satisfies { [N in InvocationName]: z.ZodType<InvocationData<N>> }
