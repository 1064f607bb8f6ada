// The folder .tamas/ of the repository, or the one that TAMAS_HOME names, where the scripts keep what they make: made where
// it is not there, and used by one `npm start` or `npm run dev` at a time.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { FolderInUse, lockFolder, type FolderLock } from '../../server/store/lock.ts'
import { ProvisionError } from '../provision/report.ts'
import { root } from './run.ts'

export const home = path.resolve(root, process.env['TAMAS_HOME'] ?? '.tamas')

/** Makes a folder. Throws a ProvisionError that says what is in its way. */
export const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const why =
      code === 'EEXIST' || code === 'ENOTDIR'
        ? 'there is a file in its place. Move that away.'
        : `the system says ${code}. Make it by hand, so that you may write into it.`
    throw new ProvisionError(`The folder ${folder} cannot be made: ${why}`)
  }
}

/** Takes the folder for this script. Throws a ProvisionError where another one has it. */
export const takeHome = async (folder = home): Promise<FolderLock> => {
  makeFolder(folder)
  try {
    return await lockFolder(folder)
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error
    throw new ProvisionError('npm start (or npm run dev) already runs here; end it with Ctrl-C.')
  }
}
