// Which packages went into a bundle, with their licences, so that the app can name them. Reads their folders only.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { BundledPackage } from '../../common/about.ts'

type Manifest = { readonly name?: string; readonly version?: string; readonly license?: string }

const isLicence = (file: string): boolean => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(file)

/** The folder of the package that a file belongs to, or null for a file of our own. Pure. */
export const packageFolder = (file: string): string | null =>
  /^(?:.*[\\/])?node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/@][^\\/]*/.exec(file.replace(/^\0/, ''))?.[0] ?? null

const describe = (folder: string): BundledPackage | null => {
  const manifest = path.join(folder, 'package.json')
  if (!existsSync(manifest)) return null
  const { name, version = '', license = '' } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
  if (name === undefined) return null
  const file = readdirSync(folder).find(isLicence)
  const text = file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').trim()
  return { name, version, licence: license, text }
}

/** Each package that one of these files belongs to, once, by name. `root` is what relative files are relative to. */
export const packagesOf = (root: string, files: Iterable<string>): readonly BundledPackage[] => {
  const folders = new Set([...files].map(packageFolder).filter((folder) => folder !== null))
  const found = [...folders].map((folder) => describe(path.resolve(root, folder))).filter((one) => one !== null)
  const byName = new Map(found.map((one) => [`${one.name} ${one.version}`, one]))
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Writes what main reads of it: the packages, and the version of Electron that the app is made for. */
export const writePackages = (file: string, root: string, files: Iterable<string>): void => {
  const { version: electron } = JSON.parse(
    readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')
  ) as Manifest
  writeFileSync(file, `${JSON.stringify({ electron, packages: packagesOf(root, files) })}\n`)
}
