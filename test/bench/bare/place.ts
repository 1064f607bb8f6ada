// The bare app, its page bundled, placed where the user of a virtual desktop can read it.
import { cpSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import type { Desktop } from '../../support/desktop/index.ts'

/** Returns the folder to start. */
export const placeBareApp = async (desktop: Desktop): Promise<string> => {
  const to = desktop.processes.folder(path.join(desktop.dir, 'bare'))
  cpSync(path.join(import.meta.dirname, 'app'), to, { recursive: true })
  await build({
    entryPoints: [path.join(import.meta.dirname, 'phone.ts')],
    outfile: path.join(to, 'phone.js'),
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome114',
    minify: true,
    logLevel: 'warning'
  })
  return to
}
