// All of provisioning in its order, for whoever needs a ready machine. Idempotent: it does only what is missing.
import { provisionElectron } from './electron.ts'
import { provisionPackages, type PackageSet } from './system-packages.ts'
import { provisionTestUser } from './test-user.ts'
import { findOrFetchWorker, provisionBuiltWorker } from './worker.ts'

export type Needs = {
  /** The call server's media worker. */
  readonly worker?: boolean
  /** Electron and its libraries. */
  readonly electron?: boolean
  /** A virtual desktop, for machines without a display. */
  readonly desktop?: boolean
  /** What only tests need: PostgreSQL and the unprivileged user. */
  readonly tests?: boolean
  /** Ask a download host again that was found unreachable a short while ago. */
  readonly retry?: boolean
}

/** Makes the machine ready for `needs`. Throws a ProvisionError whose message says what a person has to do. */
export const provision = async (needs: Needs): Promise<void> => {
  const mustBuild = needs.worker === true && !(await findOrFetchWorker())
  const wanted: readonly (readonly [boolean | undefined, PackageSet])[] = [
    [needs.electron, 'electron'],
    [needs.desktop, 'desktop'],
    [mustBuild, 'workerBuild'],
    [needs.tests, 'tests']
  ]
  await provisionPackages(wanted.flatMap(([isWanted, set]) => (isWanted === true ? [set] : [])))
  if (needs.tests === true) await provisionTestUser()
  if (needs.electron === true) await provisionElectron(needs.retry)
  if (mustBuild) await provisionBuiltWorker()
}
