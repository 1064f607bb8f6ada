// electron-builder's hook after packing: removes what an unpacked Electron brings along and a packed app must not have, and
// sets every fuse. Not by electron-builder's own `electronFuses`, which can't leave out what an older Electron lacks and does
// not know the newest.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire, type FuseConfig } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'
import { fuses } from './fuses.ts'

const names = Object.keys(fuses) as (keyof typeof fuses)[]

const binaryIn = ({ appOutDir, electronPlatformName, packager }: AfterPackContext): string => {
  const { productFilename } = packager.appInfo
  if (electronPlatformName === 'darwin') return path.join(appOutDir, `${productFilename}.app`)
  return path.join(appOutDir, electronPlatformName === 'win32' ? `${productFilename}.exe` : 'tamas')
}

export const afterPack = async (context: AfterPackContext): Promise<void> => {
  if (context.electronPlatformName === 'linux') {
    // With its default app in place, `tamas some/folder` would run whatever is in that folder.
    for (const name of ['resources/default_app.asar', 'version']) {
      rmSync(path.join(context.appOutDir, name), { force: true })
    }
  }
  const binary = binaryIn(context)
  const wire = await getCurrentFuseWire(binary)
  // Of the fuses that this Electron has, none may be left out; one that it has and nobody here knows is a failure.
  const there = names.filter((name) => wire[FuseV1Options[name]] !== undefined)
  const config = Object.fromEntries(there.map((name) => [FuseV1Options[name], fuses[name]]))
  const resetAdHocDarwinSignature = context.electronPlatformName === 'darwin'
  await flipFuses(binary, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature,
    ...config,
    strictlyRequireAllFuses: there.length === names.length
  } as FuseConfig)
}
