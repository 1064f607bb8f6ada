// Schemas of what windows send to main; parsed by the doorman before anything else looks at it.
import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import type { InvocationData, InvocationName } from '../ipc.ts'
import { longestLogLine, mostLogLines } from '../log-lines.ts'
import { contactsChange } from './contacts.ts'
import { recentsFilters } from '../recents.ts'
import { historyWanted, mostHistoryRows } from './history.ts'
import { mediaRequestNames } from './media.ts'
import { keptRating, measuredSample } from './quality.ts'
import { blocked, preferencesChange } from './rest.ts'
import { givenSettings, settingsChange } from './settings.ts'
import { id, username } from './values.ts'

const none = z.strictObject({})
const bySession = z.strictObject({ session: id })
const callIds = z.array(id).min(1).max(mostHistoryRows)
const epoch = z.number().int().positive()
/** Longer than 100,000 recent calls as a table. */
const longestFile = 20 * 1024 * 1024
const others = z.enum(['hold', 'end']).optional()

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
  'mini.load': none,
  'window.show': none,
  'window.keep': z.strictObject({ keep: z.boolean() }),
  'account.signIn': z.strictObject({
    server: z.string().min(1).max(512),
    username,
    password: z.string().min(1).max(256)
  }),
  'account.signOut': none,
  'call.dial': z.strictObject({ to: username, others }),
  'call.check': z.strictObject({ to: username }),
  'call.answer': bySession.extend({ others }),
  'call.decline': bySession,
  'call.hangUp': bySession,
  'call.mute': bySession.extend({ muted: z.boolean() }),
  'call.hold': bySession.extend({ held: z.boolean() }),
  'call.dtmf': bySession.extend({ digits: z.string().regex(/^[0-9*#A-D]{1,32}$/) }),
  'call.transfer': bySession.extend({ to: username, mode: z.enum(['attended', 'blind']) }),
  'call.transferCancel': bySession,
  'call.merge': bySession.extend({ withSession: id }),
  'call.split': bySession,
  'call.move': bySession,
  'call.join': bySession,
  'call.sample': bySession.extend({ sample: measuredSample }),
  'call.rate': bySession.extend(keptRating.shape),
  'call.dismiss': bySession,
  // Longer than any link may be: what is too long is told, not refused here.
  'link.open': z.strictObject({ text: z.string().min(1).max(4096) }),
  'link.confirm': z.strictObject({ id }),
  'link.dismiss': z.strictObject({ id }),
  'phoneLinks.standing': none,
  'phoneLinks.take': none,
  'settings.change': settingsChange,
  'keys.choose': z.strictObject({ choosing: z.boolean() }),
  'settings.check': z.strictObject({ settings: givenSettings }),
  'app.about': none,
  'app.packages': none,
  'update.check': none,
  'update.install': none,
  'update.notNow': none,
  'favourites.set': z.strictObject({ usernames: z.array(username).max(200) }),
  'preferences.set': z.strictObject(preferencesChange.shape),
  'blocked.set': z.strictObject(blocked.shape),
  'contacts.load': none,
  'contacts.change': z.strictObject(contactsChange.shape),
  'recents.more': z.strictObject({
    ...historyWanted.pick({ q: true }).required().shape,
    filter: z.enum(recentsFilters),
    cursor: z.string().max(512).nullable(),
    limit: z.number().int().min(1).max(mostHistoryRows)
  }),
  'recents.details': z.strictObject({ callId: id }),
  'recents.remove': z.strictObject({ callIds }),
  'recents.restore': z.strictObject({ callIds }),
  'recents.clear': none,
  'recents.seen': none,
  'clipboard.number': none,
  'clipboard.settle': z.strictObject({ number: username }),
  'file.save': z.strictObject({
    kind: z.enum(['vcard', 'csv', 'json', 'log']),
    name: z.string().min(1).max(120),
    text: z.string().max(longestFile)
  }),
  'log.save': z.strictObject({ people: z.boolean() }),
  'log.read': z.strictObject({ after: z.number().int().min(0).nullable() }),
  'log.ofCall': z.strictObject({ callId: id }),
  'log.redact': z.strictObject({
    // As they stand in the file: with time and level before, and a sign where one was cut.
    lines: z.array(z.string().max(longestLogLine + 64)).max(mostLogLines),
    people: z.boolean()
  }),
  'crash.tell': none,
  'server.check': none,
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
