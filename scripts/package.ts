// `npm run package`: packs the app into a runnable folder below out/, with the Electron that provisioning has found.
// Installers are electron-builder's other targets and are not made here.
import { globSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build as buildPackage, Platform } from 'electron-builder'
import { build } from './build.ts'
import { electronRuntime } from './provision/paths.ts'
import { provision } from './provision/provision.ts'
import { note, ProvisionError, step } from './provision/report.ts'
import { readArguments } from './support/arguments.ts'
import { main } from './support/main.ts'
import { root } from './support/run.ts'

const executables = {
  linux: 'linux*-unpacked/tamas',
  darwin: 'mac*/Tamas.app/Contents/MacOS/Tamas',
  win32: 'win*-unpacked/Tamas.exe'
}

/** Builds and packs the app for this machine; returns the path of its executable. Throws where packing fails. */
export const packageApp = async (): Promise<string> => {
  await provision({ electron: true })
  await build()
  const runtime = electronRuntime()
  if (runtime.standIn) note('Packed with the stand-in Electron: to try the package here, never to be given to anybody.')
  await step('The app, packed', '20 seconds', () =>
    buildPackage({
      projectDir: root,
      targets: Platform.current().createTarget('dir'),
      config: { extends: 'electron-builder.yml', electronDist: runtime.dist, electronVersion: runtime.version }
    })
  )
  const pattern = executables[process.platform as keyof typeof executables]
  const [executable] = globSync(pattern, { cwd: path.join(root, 'out') })
  if (executable === undefined) throw new ProvisionError('The app was packed, and its executable cannot be found.')
  return path.join(root, 'out', executable)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    readArguments({})
    console.log(await packageApp())
  })
}
