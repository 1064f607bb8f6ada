// A user's own contacts: what changed since a revision, page by page, and changes that are done whole or not at all.
// Every method throws StoreUnavailable while the database is away.
import { isDeepStrictEqual } from 'node:util'
import { contactLimits } from '../../common/contacts/limits.ts'
import type { UserId } from '../../common/ids.ts'
import type { Contact, ContactsAnswer } from '../../common/protocol/contacts.ts'
import { fail, ok } from '../../common/result.ts'
import type { Contacts } from '../ports.ts'
import { whileThere } from './away.ts'
import type { Db } from './database.ts'
import { inTurn } from './names.ts'

const pageContacts = 1_000
/** Well below what a phone reads of one answer. */
const pageLength = 256 * 1024
/** How many changes ago a removed contact may have been removed, to be still told of. */
const rememberedChanges = 20_000

type Value = Omit<Contact, 'id'>
type Known = { readonly value: Value | null; readonly revision: number }

const revisionOf = async (db: Db, userId: UserId): Promise<number> => {
  const book = await db.selectFrom('contact_books').select('revision').where('user_id', '=', userId).executeTakeFirst()
  return book?.revision ?? 0
}

const rowsAfter = (db: Db, userId: UserId, after: number, upTo: number, isWhole: boolean) =>
  db
    .selectFrom('contacts')
    .select(['contact_id', 'revision', 'value'])
    .where('user_id', '=', userId)
    .where('revision', '>', after)
    .where('revision', '<=', upTo)
    .$if(isWhole, (query) => query.where('value', 'is not', null))
    .orderBy('revision')
    .limit(pageContacts + 1)
    .execute()

const valueOf = ({ name, company, numbers, emails, note }: Contact): Value => ({ name, company, numbers, emails, note })

/** What the change makes different from `known`, each contact once: its new value, or null where it goes. */
const differences = (
  known: ReadonlyMap<string, Known>,
  save: readonly Contact[],
  remove: readonly string[]
): ReadonlyMap<string, Value | null> => {
  const wanted = new Map<string, Value | null>(save.map((contact) => [contact.id, valueOf(contact)]))
  for (const id of remove) wanted.set(id, null)
  return new Map([...wanted].filter(([id, value]) => !isDeepStrictEqual(value, known.get(id)?.value ?? null)))
}

const knownOf = async (db: Db, userId: UserId, ids: readonly string[]): Promise<ReadonlyMap<string, Known>> => {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('contacts')
    .select(['contact_id', 'value', 'revision'])
    .where('user_id', '=', userId)
    .where('contact_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ contact_id, value, revision }) => [contact_id, { value, revision }]))
}

const countOf = async (db: Db, userId: UserId): Promise<number> => {
  const { count } = await db
    .selectFrom('contacts')
    .select((row) => row.fn.countAll().as('count'))
    .where('user_id', '=', userId)
    .where('value', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

const write = async (
  db: Db,
  userId: UserId,
  changes: ReadonlyMap<string, Value | null>,
  before: number
): Promise<number> => {
  const revision = before + changes.size
  const rows = [...changes].map(([id, value], index) => ({
    user_id: userId,
    contact_id: id,
    revision: before + 1 + index,
    value: value === null ? null : JSON.stringify(value)
  }))
  await db
    .insertInto('contacts')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'contact_id'])
        .doUpdateSet((row) => ({ revision: row.ref('excluded.revision'), value: row.ref('excluded.value') }))
    )
    .execute()
  await db
    .deleteFrom('contacts')
    .where('user_id', '=', userId)
    .where('value', 'is', null)
    .where('revision', '<=', revision - rememberedChanges)
    .execute()
  await db
    .insertInto('contact_books')
    .values({ user_id: userId, revision })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ revision }))
    .execute()
  return revision
}

export const createContacts = (db: Db): Contacts => ({
  page: ({ userId }, { since, after }) =>
    whileThere(async () => {
      // First: what comes while the rows are read is for the next time.
      const revision = await revisionOf(db, userId)
      // Older than what is remembered of removed ones, or of a database that this one was not made from.
      const isUnknown = since > revision || since < revision - rememberedChanges
      const whole = since === 0 || isUnknown
      const from = isUnknown && since !== 0 ? 0 : Math.max(since, after)
      // Who begins has no removed ones to forget; what goes while they turn the pages stood perhaps on one of before.
      const rows = await rowsAfter(db, userId, from, revision, whole && from === 0)
      const answer: ContactsAnswer = { whole, result: [], removed: [], revision, next: null }
      let length = 0
      let last = from
      for (const row of rows.slice(0, pageContacts)) {
        length += row.value === null ? row.contact_id.length : JSON.stringify(row.value).length
        // At least one, or nobody would ever come past it.
        if (length > pageLength && last !== from) break
        last = row.revision
        if (row.value === null) answer.removed.push(row.contact_id)
        else answer.result.push({ id: row.contact_id, ...row.value })
      }
      const taken = answer.result.length + answer.removed.length
      return { ...answer, next: taken < rows.length ? last : null }
    }),

  change: ({ userId }, { save, remove, since }) =>
    whileThere(() =>
      db.transaction().execute(async (tx) => {
        await inTurn(tx, userId)
        const before = await revisionOf(tx, userId)
        const known = await knownOf(tx, userId, [...save.map(({ id }) => id), ...remove])
        const changes = differences(known, save, remove)
        // What is asked for once more is no change, whoever has made it.
        const isChanged = [...changes.keys()].some((id) => (known.get(id)?.revision ?? 0) > (since ?? before))
        if (isChanged) return fail('contact_changed', 'changed on another device since')
        const removed = [...changes.values()].filter((value) => value === null).length
        const added = [...changes].filter(
          ([id, value]) => value !== null && (known.get(id)?.value ?? null) === null
        ).length
        const counts = { added, changed: changes.size - added - removed, removed }
        if (changes.size === 0) return ok({ ...counts, revision: before })
        if (added > removed && (await countOf(tx, userId)) + added - removed > contactLimits.contacts) {
          return fail('too_many_contacts', `at most ${contactLimits.contacts}`)
        }
        return ok({ ...counts, revision: await write(tx, userId, changes, before) })
      })
    )
})
