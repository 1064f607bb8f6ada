// Sees to it that mediasoup finds a worker that runs here: one that is there already, one built before, upstream's
// prebuilt, or one built now.
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { projectEnv, run, runNode } from '../support/run.ts'
import { builtWorker, cacheFolder, findBuiltWorker, installedWorker, mediasoupFolder } from './paths.ts'
import { ProvisionError, step } from './report.ts'
import { buildWorker } from './worker-build.ts'

// Started without MEDIASOUP_VERSION in its environment, a worker that can run on this machine ends with this code.
const runsHere = 41

const works = async (file: string): Promise<boolean> =>
  existsSync(file) && (await run(file, [], { env: {}, timeoutMs: 10_000 })).code === runsHere

/** Copies `file` to where mediasoup looks by itself, so that `npm run server` needs no environment. */
const install = async (file: string): Promise<void> => {
  const target = installedWorker()
  await mkdir(path.dirname(target), { recursive: true })
  await copyFile(file, `${target}.new`)
  await chmod(`${target}.new`, 0o755)
  await rename(`${target}.new`, target)
}

/** mediasoup's own download. PYTHON=false ends its script there: its own build would want hosts of its own. */
const fetchPrebuilt = async (): Promise<boolean> => {
  await runNode(['npm-scripts.mjs', 'postinstall'], {
    cwd: mediasoupFolder(),
    env: projectEnv({ PYTHON: 'false' }),
    timeoutMs: 120_000
  })
  return works(installedWorker())
}

/** Whether a worker can be had without building one. Brings back the one that `npm ci` removed; fetches the prebuilt. */
export const findOrFetchWorker = async (): Promise<boolean> => {
  const given = process.env['MEDIASOUP_WORKER_BIN']
  if (given !== undefined && given !== '') {
    if (await works(given)) return true
    throw new ProvisionError(`MEDIASOUP_WORKER_BIN names ${given}, which does not run here.`)
  }
  if (await works(installedWorker())) return true
  const built = findBuiltWorker()
  if (built !== undefined && (await works(built))) {
    await install(built)
    return true
  }
  return step('The media worker, from its own download host', '10 seconds', fetchPrebuilt)
}

/** Builds the worker, keeps it outside node_modules and installs it. Its packages have to be there. */
export const provisionBuiltWorker = async (): Promise<void> => {
  const target = path.join(cacheFolder(), builtWorker())
  await step('The media worker, built from source, once', '5 minutes on two cores', (progress) =>
    buildWorker(target, progress)
  )
  if (!(await works(target))) throw new ProvisionError(`The media worker was built and does not run: ${target}`)
  await install(target)
}
