// A call server for the set-up measurement, as a process of its own: users made beforehand, no limit on how often a
// phone may ask, and on demand a journal that forgets. Says by IPC where it is. All else is the product's own assembly.
import { createApp, type AppOverrides } from '../../server/app.ts'
import { createClock } from '../../server/clock.ts'
import { readConfig } from '../../server/config.ts'
import { createPasswords } from '../../server/identity/passwords.ts'
import { createLogger } from '../../server/log.ts'
import type { CallJournal } from '../../server/ports.ts'
import { createStore } from '../../server/store/index.ts'

/** What the parent says in the environment, besides the server's own TAMAS_* settings. */
const users = Number(process.env['BENCH_USERS'])
const isDurable = process.env['BENCH_DURABLE'] === '1'

const forgetful: CallJournal = {
  commit: () => Promise.resolve(),
  findCreated: () => Promise.resolve(null),
  findEnded: () => Promise.resolve(null),
  loadLive: () => Promise.resolve([]),
  giveUp: () => Promise.resolve()
}

const unlimited = { burst: 1_000_000, everyMs: 1 }

const config = readConfig(process.env, [])
if (!config.ok) throw new Error(config.error.detail)
const log = createLogger(config.value.logLevel)

const { applicationId, identity } = config.value
const store = await createStore(config.value, { log, clock: createClock() })
const password = await createPasswords(identity.scryptLogN).hash('bench-password')
for (let user = 0; user < users; user += 1) {
  const username = `u${user}`
  await store.admin.add({ applicationId, username, names: { en: username, fa: '' }, kind: 'person', password })
}
await store.close()

const overrides: AppOverrides = {
  log,
  gateway: { requests: { calls: unlimited, media: unlimited, quality: unlimited } },
  ...(isDurable ? {} : { journal: forgetful })
}
const app = await createApp(config.value, overrides)
process.send?.(app.url)
process.once('disconnect', () => {
  void app.close().then(() => process.exit(0))
})
