// Puts the store together: database, users, sessions, lists and the journal of calls. Nothing else opens the database.
import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from '../../common/log.ts'
import type { Clock } from '../../common/time.ts'
import type { Config } from '../config.ts'
import type { IdentityStore } from '../identity/store.ts'
import type { PageAsked } from '../back-end/ports.ts'
import type { CallJournal, Contacts, History, Lists, Screening, Users, WishesBook } from '../ports.ts'
import type { QualityStore } from '../quality/ports.ts'
import type { ApplicationStore } from '../identity/applications.ts'
import type { JoinStore } from '../identity/joins.ts'
import { startAlive } from './alive.ts'
import { createApplicationStore, readEndpoints, type EndpointPage } from './applications.ts'
import { StoreUnavailable } from './away.ts'
import { createQualityStore } from './call-quality.ts'
import { createCallRecords, type CallRecords } from './call-records.ts'
import { createContacts } from './contacts.ts'
import { openDatabase } from './database.ts'
import { createHistory } from './history.ts'
import { createJoinStore } from './join-codes.ts'
import { openJournal } from './journal.ts'
import { createLists } from './lists.ts'
import { createPreferences } from './preferences.ts'
import { createIdentityStore } from './sessions.ts'
import { openSpill } from './spill.ts'
import { startSweeper } from './sweeper.ts'
import { createUserAdmin, createUsers, type UserAdmin } from './users.ts'

export type StoreHealth = {
  readonly database: 'postgres' | 'embedded'
  /** Whether the database answers now. */
  readonly up: boolean
  /** Bytes of call records that wait for it. */
  readonly waitingBytes: number
}

export type Store = {
  readonly users: Users
  readonly admin: UserAdmin
  readonly lists: Lists
  readonly history: History
  readonly contacts: Contacts
  readonly screening: Screening & WishesBook
  readonly journal: CallJournal
  readonly identityStore: IdentityStore
  readonly applicationStore: ApplicationStore
  readonly joinStore: JoinStore
  readonly callRecords: CallRecords
  readonly quality: QualityStore
  readonly endpoints: (applicationId: string, page: PageAsked) => Promise<EndpointPage>
  /** When the run before this one was last known to be alive; null where nobody knows. */
  readonly lastAliveAt: number | null
  readonly health: () => Promise<StoreHealth>
  /** Writes what waits, and lets go of the database and the folder. */
  readonly close: () => Promise<void>
}

/**
 * Opens everything: makes or updates the tables, and writes the call records that an outage has left in a file.
 * Throws FolderInUse, and StoreUnavailable where the database cannot be reached.
 */
export const createStore = async (
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  { log, clock }: { readonly log: Logger; readonly clock: Clock }
): Promise<Store> => {
  const database = await openDatabase(config, log)
  const { db } = database
  try {
    const spill = await openSpill(path.join(config.dataDir, 'waiting-calls.jsonl'))
    const refused = path.join(config.dataDir, 'refused-calls.jsonl')
    const setAside = (line: string): Promise<void> => appendFile(refused, `${line}\n`, { mode: 0o600 })
    const journal = await openJournal({ db, spill, clock, log, setAside })
    const identityStore = createIdentityStore(db)
    await identityStore.sweep(clock.now())
    const alive = await startAlive(path.join(config.dataDir, 'alive'), { clock, log })
    const sweep = async (now: number): Promise<void> => {
      await identityStore.sweep(now)
      await database.tidy()
    }
    const sweeper = startSweeper({ sweep, clock, log })
    const preferences = createPreferences(db, clock, log)
    return {
      users: createUsers(db, clock, log),
      admin: createUserAdmin(db, clock),
      lists: { ...createLists(db), ...preferences.own },
      history: createHistory(db),
      contacts: createContacts(db),
      screening: preferences.screening,
      journal,
      identityStore,
      applicationStore: createApplicationStore(db),
      joinStore: createJoinStore(db),
      callRecords: createCallRecords(db),
      quality: createQualityStore(db),
      endpoints: (applicationId, page) => readEndpoints(db, applicationId, page),
      lastAliveAt: alive.lastAt,
      health: async () => ({
        database: database.kind,
        up: await database.ping(),
        waitingBytes: journal.state().waitingBytes
      }),
      close: async () => {
        sweeper.stop()
        await alive.stop()
        await journal.close()
        await database.close()
      }
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

export { StoreUnavailable }
