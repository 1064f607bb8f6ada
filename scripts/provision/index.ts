// `npm run provision`: makes the machine ready, step by step and only where something is missing. Run twice, the second
// time does nothing. `--where` prints where things are, as JSON; `--retry` asks an unreachable host again.
import { parseArgs } from 'node:util'
import { provisionElectron } from './electron.ts'
import { findElectron, findWorker } from './paths.ts'

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { where: { type: 'boolean' }, retry: { type: 'boolean' } } })
  if (values.where === true) {
    console.log(JSON.stringify({ electron: findElectron() ?? null, worker: findWorker() ?? null }, null, 2))
    return
  }
  await provisionElectron(values.retry === true)
}

await main()
