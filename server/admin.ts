// The operator's command line: adds users and the echo service, sets passwords, gives applications their tokens. A password comes from standard input, never from an argument.
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { shortestPassword } from '../common/protocol/back-end.ts'
import { id, username as usernameSchema } from '../common/protocol/values.ts'
import { createClock } from './clock.ts'
import { readConfig, type Config } from './config.ts'
import { createApplications } from './identity/applications.ts'
import { createPasswords } from './identity/passwords.ts'
import { createLogger } from './log.ts'
import { whyNotStarted } from './start-errors.ts'
import { createStore, type Store } from './store/index.ts'

const usage = `Usage, with the same TAMAS_* variables or DATABASE_URL as the server:
  node server/admin.ts add-user <username> [--en <name>] [--fa <name>] < file-with-the-password
  node server/admin.ts set-password <username> < file-with-the-password
  node server/admin.ts add-echo <username> [--en <name>] [--fa <name>]
  node server/admin.ts add-application [<application>]
  node server/admin.ts revoke-application [<application>]
Echo plays back what its caller says, for a phone's first test; it has no password.
The token of an application, for its back end, is printed once; revoking ends all of its tokens. Without a name it is
the application of this server's own users.
With the embedded database the server must not run meanwhile.`

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

const applicationCommands = ['add-application', 'revoke-application'] as const
const application = id.regex(/^[\w.-]+$/)

const forApplication = async (
  store: Store,
  command: (typeof applicationCommands)[number],
  applicationId: string
): Promise<Outcome> => {
  if (command === 'add-application') {
    return done(await createApplications(store.applicationStore, createClock()).mintToken(applicationId))
  }
  const count = await store.applicationStore.removeTokens(applicationId)
  return count > 0
    ? done(`${applicationId} had ${count} ${count === 1 ? 'token' : 'tokens'}; none is good any more.`)
    : refused(`The application ${applicationId} has no tokens.`)
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

const withStore = async (config: Config, work: (store: Store) => Promise<Outcome>): Promise<Outcome> => {
  const store = await createStore(config, { log: createLogger('error'), clock: createClock() })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const run = async (argv: readonly string[]): Promise<Outcome> => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { en: { type: 'string' }, fa: { type: 'string' } }
  })
  const [first, name, ...rest] = positionals
  const config = readConfig(process.env, [])
  if (!config.ok) return refused(config.error.detail ?? 'The configuration does not fit.')
  const forBackEnd = applicationCommands.find((known) => known === first)
  if (forBackEnd !== undefined && rest.length === 0) {
    const applicationId = application.safeParse(name ?? config.value.applicationId)
    if (!applicationId.success) return refused('An application has 1 to 64 letters, digits and _ . - only.')
    return withStore(config.value, (store) => forApplication(store, forBackEnd, applicationId.data))
  }
  const command = commands.find((known) => known === first)
  if (command === undefined || rest.length > 0) return refused(usage)
  const username = usernameSchema.safeParse(name)
  if (!username.success) return refused('A username has 1 to 64 letters, digits and + * # . _ @ - only.')
  // The newline that ends the line is not a part of the password.
  const password = command === 'add-echo' ? null : (await text(process.stdin)).replace(/\r?\n$/, '')
  if (password !== null && (password.length < shortestPassword || password.length > 256)) {
    return refused(`A password has ${shortestPassword} to 256 characters; it is read from standard input.`)
  }
  const names = { en: values.en ?? username.data, fa: values.fa ?? '' }
  return withStore(config.value, (store) =>
    carryOut(store, config.value, { command, username: username.data, names, password })
  )
}

const sentenceFor = (error: unknown): string => {
  const config = readConfig(process.env, [])
  if (config.ok) return whyNotStarted(error, config.value)
  return error instanceof Error ? error.message : String(error)
}

const outcome = await run(process.argv.slice(2)).catch((error: unknown) => refused(sentenceFor(error)))
process[outcome.done ? 'stdout' : 'stderr'].write(`${outcome.sentence}\n`)
process.exitCode = outcome.done ? 0 : 1
