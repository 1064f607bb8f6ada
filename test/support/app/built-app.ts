// The built app, placed where the user of a virtual desktop can read it: a clone may lie where only its owner can look.
import { cpSync, existsSync } from 'node:fs'
import path from 'node:path'
import { root } from '../../../scripts/support/run.ts'
import type { Desktop } from '../desktop/index.ts'

/** What the app reads at run time, and nothing else of the repository. */
const needed = ['package.json', 'dist/main', 'dist/preload', 'dist/renderer', 'build/icons']

/** Copies the app below the desktop's folder, which goes with the desktop; returns the folder to start. */
export const placeApp = (desktop: Desktop): string => {
  const to = desktop.processes.folder(path.join(desktop.dir, 'app'))
  for (const part of needed) {
    const from = path.join(root, part)
    if (!existsSync(from)) throw new Error(`${part} is not there: run \`npm run build\` first.`)
    cpSync(from, path.join(to, part), { recursive: true, filter: (file) => !file.endsWith('.map') })
  }
  return to
}

const hold = path.join(import.meta.dirname, 'hold.cjs')

/** The module that holds an app back until a test is listening, where the desktop's user can read it. */
export const placeHold = (desktop: Desktop): string => {
  const to = path.join(desktop.dir, path.basename(hold))
  cpSync(hold, to)
  return to
}

/** A folder for what one phone keeps. */
export const userDataFolder = (desktop: Desktop, name: string): string => {
  const phones = desktop.processes.folder(path.join(desktop.home, 'phones'))
  return desktop.processes.folder(path.join(phones, name), 0o700)
}
