// Where the app that runs listens for commands: a socket in a folder that only this user may enter, and in the app's data
// a link that says where. The way round is there since a socket's path may have about a hundred letters, and a data
// folder's more; and a folder of the system that is emptied at each start holds no socket of a run before.
//
//   <data>/command ──link──▶ <temporary>/tamas-XXXXXX/command   0700 and 0600
//
// Windows has names for pipes instead of files, whose rights it keeps itself.
import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdtempSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const name = 'command'
const ours = /^tamas-[A-Za-z0-9]{6}$/

const pipeOf = (userData: string): string =>
  `\\\\.\\pipe\\tamas-${createHash('sha256').update(path.resolve(userData)).digest('hex').slice(0, 32)}`

const linkIn = (userData: string): string => path.join(userData, name)

/**
 * Whether a folder is this user's and closed to all others. Where temporary folders are everybody's, somebody else can make
 * one anew by the name that a link of ours still has after a crash or a start of the system, and listen there.
 */
const isOurs = (folder: string): boolean => {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o077) === 0
}

/** Where to connect to, or null where nothing of this user's listens, or nothing has since the folder was made. */
export const findPlace = (userData: string, platform = process.platform): string | null => {
  if (platform === 'win32') return pipeOf(userData)
  try {
    const place = readlinkSync(linkIn(userData))
    return isOurs(path.dirname(place)) ? place : null
  } catch {
    return null
  }
}

/** What a run that was killed has left: its folder, if it is one of ours, and the link to it. */
const removeOld = (userData: string): void => {
  const old = findPlace(userData)
  if (old !== null && path.basename(old) === name && ours.test(path.basename(path.dirname(old)))) {
    rmSync(path.dirname(old), { recursive: true, force: true })
  }
  rmSync(linkIn(userData), { force: true })
}

export type Place = {
  readonly path: string
  /** Once something listens there: lets it be found. Throws where the file system does not want to. */
  readonly announce: () => void
  readonly remove: () => void
}

/** Makes a place anew. Only for whoever is alone with this data folder. Throws where the file system does not want to. */
export const makePlace = (userData: string): Place => {
  if (process.platform === 'win32') {
    return { path: pipeOf(userData), announce: () => undefined, remove: () => undefined }
  }
  removeOld(userData)
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-'))
  const socket = path.join(folder, name)
  return {
    path: socket,
    announce: () => {
      chmodSync(socket, 0o600)
      symlinkSync(socket, linkIn(userData))
    },
    remove: () => {
      rmSync(linkIn(userData), { force: true })
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
