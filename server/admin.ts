// The operator's command line: adds users and the echo service, and sets passwords. A password comes from standard input, never from an argument.
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { username as usernameSchema } from '../common/protocol/values.ts'
import { createClock } from './clock.ts'
import { readConfig, type Config } from './config.ts'
import { createPasswords } from './identity/passwords.ts'
import { createLogger } from './log.ts'
import { createStore, StoreUnavailable, type Store } from './store/index.ts'
import { FolderInUse } from './store/lock.ts'

const usage = `Usage, with the same TAMAS_* variables or DATABASE_URL as the server:
  node server/admin.ts add-user <username> [--en <name>] [--fa <name>] < file-with-the-password
  node server/admin.ts set-password <username> < file-with-the-password
  node server/admin.ts add-echo <username> [--en <name>] [--fa <name>]
Echo plays back what its caller says, for a phone's first test; it has no password.
With the embedded database the server must not run meanwhile.`

const shortest = 8

/** What to tell the operator, and whether it was done. */
type Outcome = { readonly done: boolean; readonly sentence: string }
const done = (sentence: string): Outcome => ({ done: true, sentence })
const refused = (sentence: string): Outcome => ({ done: false, sentence })

const commands = ['add-user', 'add-echo', 'set-password'] as const
type Command = (typeof commands)[number]

type Work = {
  readonly command: Command
  readonly username: string
  readonly names: { readonly en: string; readonly fa: string }
  /** Null for the echo service alone. */
  readonly password: string | null
}

const carryOut = async (store: Store, config: Config, work: Work): Promise<Outcome> => {
  const { applicationId } = config
  const { username, names } = work
  if (work.password === null) {
    const echo = await store.admin.add({ applicationId, username, names, kind: 'echo', password: null })
    return echo === null ? refused(`There is a user ${username} already.`) : done(`Added Echo as ${username}.`)
  }
  const password = await createPasswords(config.identity.scryptLogN).hash(work.password)
  if (work.command === 'set-password') {
    const found = await store.admin.setPassword(applicationId, work.username, password)
    return found
      ? done(`The password of ${work.username} is set, and all sign-ins with the old one are ended.`)
      : refused(`There is no user ${work.username}.`)
  }
  const user = await store.admin.add({ applicationId, username, names, kind: 'person', password })
  return user === null ? refused(`There is a user ${username} already.`) : done(`Added ${username}.`)
}

const run = async (argv: readonly string[]): Promise<Outcome> => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { en: { type: 'string' }, fa: { type: 'string' } }
  })
  const [first, name, ...rest] = positionals
  const command = commands.find((known) => known === first)
  if (command === undefined || rest.length > 0) return refused(usage)
  const username = usernameSchema.safeParse(name)
  if (!username.success) return refused('A username has 1 to 64 letters, digits and + * # . _ @ - only.')
  const config = readConfig(process.env, [])
  if (!config.ok) return refused(config.error.detail ?? 'The configuration does not fit.')
  // The newline that ends the line is not a part of the password.
  const password = command === 'add-echo' ? null : (await text(process.stdin)).replace(/\r?\n$/, '')
  if (password !== null && (password.length < shortest || password.length > 256)) {
    return refused(`A password has ${shortest} to 256 characters; it is read from standard input.`)
  }
  const names = { en: values.en ?? username.data, fa: values.fa ?? '' }
  const store = await createStore(config.value, { log: createLogger('error'), clock: createClock() })
  try {
    return await carryOut(store, config.value, { command, username: username.data, names, password })
  } finally {
    await store.close()
  }
}

const sentenceFor = (error: unknown): string => {
  if (error instanceof FolderInUse) return error.message
  if (error instanceof StoreUnavailable)
    return `The database cannot be used: ${error.cause instanceof Error ? error.cause.message : error.message}.`
  return error instanceof Error ? error.message : String(error)
}

const outcome = await run(process.argv.slice(2)).catch((error: unknown) => refused(sentenceFor(error)))
process[outcome.done ? 'stdout' : 'stderr'].write(`${outcome.sentence}\n`)
process.exitCode = outcome.done ? 0 : 1
