// A window of the app's own engine for the gallery, on a virtual desktop: the same everywhere, whatever fonts, languages
// and time zone the machine has.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { electronPath } from '../../../scripts/provision/paths.ts'
import { placeHold, userDataFolder } from '../app/built-app.ts'
import type { Desktop } from '../desktop/index.ts'
import { serveGallery } from './serve.ts'

const program = path.join(import.meta.dirname, 'window.cjs')

/** How letters are drawn is the machine's choice otherwise. The folder of fonts is only for what the app does not bring. */
const fontSettings = (cache: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <cachedir>${cache}</cachedir>
  <match target="pattern">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
    <edit name="lcdfilter" mode="assign"><const>lcdnone</const></edit>
  </match>
</fontconfig>
`

/** A page lives for half a second: room for all that it makes, and no time spent on making what it runs faster. */
const scripts = '--min-semi-space-size=16 --max-semi-space-size=64 --no-opt'

export type GalleryWindow = {
  readonly app: ElectronApplication
  readonly page: Page
  readonly origin: string
  /** Chromium's major version. */
  readonly engine: string
  readonly close: () => Promise<void>
}

/** Builds the gallery and opens a window for it. Takes some seconds. */
export const openGalleryWindow = async (desktop: Desktop): Promise<GalleryWindow> => {
  const gallery = await serveGallery()
  const folder = desktop.processes.folder(path.join(desktop.dir, 'gallery'))
  const [to, fonts] = [path.join(folder, path.basename(program)), path.join(folder, 'fonts.conf')]
  cpSync(program, to)
  mkdirSync(path.join(folder, 'fonts'), { recursive: true })
  desktop.processes.give(path.join(folder, 'fonts'))
  writeFileSync(fonts, fontSettings(path.join(folder, 'fonts')))
  const app = await _electron.launch({
    executablePath: desktop.launcher(electronPath()),
    chromiumSandbox: true,
    colorScheme: null,
    args: [
      '-r',
      placeHold(desktop),
      to,
      `--user-data-dir=${userDataFolder(desktop, 'gallery')}`,
      '--lang=en-GB',
      '--force-device-scale-factor=1',
      '--force-color-profile=srgb',
      '--disable-gpu',
      '--disable-lcd-text',
      `--js-flags=${scripts}`
    ],
    cwd: desktop.home,
    env: { ...desktop.env, TZ: 'UTC', FONTCONFIG_FILE: fonts }
  })
  const page = await app.firstWindow()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const version = await app.evaluate(() => process.versions.chrome)
  return {
    app,
    page,
    origin: gallery.origin,
    engine: version.split('.')[0] ?? '',
    close: async () => {
      await app.close()
      await gallery.stop()
    }
  }
}
