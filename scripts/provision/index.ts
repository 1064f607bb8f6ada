// `npm run provision`: makes the machine ready for everything the project can do here, step by step and only where
// something is missing. `--where` prints where things are, as JSON; `--retry` asks an unreachable host again.
import { readArguments } from '../support/arguments.ts'
import { main } from '../support/main.ts'
import { findElectron, findWorker } from './paths.ts'
import { provision } from './provision.ts'

await main(async () => {
  const { where, retry } = readArguments({ where: { type: 'boolean' }, retry: { type: 'boolean' } })
  if (where === true) {
    console.log(JSON.stringify({ electron: findElectron() ?? null, worker: findWorker() ?? null }, null, 2))
    return
  }
  const linux = process.platform === 'linux'
  await provision({ worker: true, electron: true, desktop: linux, tests: linux, retry: retry === true })
  console.log('Everything is there.')
})
