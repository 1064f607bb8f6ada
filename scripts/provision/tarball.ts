// Fetches one npm package's tarball with npm itself and checks all of it against a pinned hash before it is opened.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from '../support/run.ts'
import { ProvisionError } from './report.ts'

export type Tarball = { readonly name: string; readonly sha256: string }

const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Unpacks `tarball` into `folder`. Throws a ProvisionError where it can't be had or is not the one that was pinned. */
export const unpackTarball = async (tarball: Tarball, folder: string): Promise<void> => {
  // Started by npm, its own path is known; otherwise whichever npm is on the PATH.
  const npm = process.env['npm_execpath']
  const args = ['pack', '--silent', '--pack-destination', folder, tarball.name]
  const packed = await (npm === undefined
    ? run('npm', args, { cwd: folder })
    : run(process.execPath, [npm, ...args], { cwd: folder }))
  const [file] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'))
  if (packed.code !== 0 || file === undefined) {
    throw new ProvisionError(`npm could not fetch ${tarball.name}:\n${packed.output.trim()}`)
  }
  const found = await sha256Of(path.join(folder, file))
  if (found !== tarball.sha256) {
    throw new ProvisionError(
      `${tarball.name} is not what it was: sha256 ${found} instead of ${tarball.sha256}. Nothing of it was used.`
    )
  }
  const unpacked = await run('tar', ['--no-same-owner', '-xzf', file], { cwd: folder })
  if (unpacked.code !== 0) throw new ProvisionError(`${tarball.name} could not be unpacked:\n${unpacked.output}`)
}
