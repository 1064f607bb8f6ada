// Every screen and state of the interface, made up by the gallery and drawn by the app's own engine: no fault that axe or
// a measure can see, in both languages and themes, in a narrow and a wide window.
import { cpSync } from 'node:fs'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronPath } from '../../scripts/provision/paths.ts'
import { placeHold, userDataFolder } from '../support/app/built-app.ts'
import { serveGallery } from '../support/ui-gallery/serve.ts'
import { stateNames } from '../support/ui-gallery/states.ts'
import { faultsOf, sizeOf, visit, type Look } from '../support/ui-gallery/visit.ts'
import { expect, test, type World } from './fixtures.ts'

const program = path.join(import.meta.dirname, '../support/ui-gallery/window.cjs')
/** Both languages, both themes, both layouts; what a language and a theme do to each other is nothing that axe looks at. */
const looks: readonly Look[] = [
  { size: 'smallest', locale: 'fa', theme: 'light' },
  { size: 'wide', locale: 'en', theme: 'dark' }
]

const openWindow = async ({ desktop }: World): Promise<ElectronApplication> => {
  const to = path.join(desktop.dir, path.basename(program))
  cpSync(program, to)
  return _electron.launch({
    executablePath: desktop.launcher(electronPath()),
    chromiumSandbox: true,
    colorScheme: null,
    args: ['-r', placeHold(desktop), to, `--user-data-dir=${userDataFolder(desktop, 'gallery')}`],
    cwd: desktop.home,
    env: desktop.env
  })
}

/** Waits until the window has it: window managers take their time. */
const resize = async (app: ElectronApplication, page: Page, size: ReturnType<typeof sizeOf>): Promise<void> => {
  const { width, height } = size
  await app.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(to.width, to.height),
    size
  )
  await page.waitForFunction((to) => innerWidth === to.width && innerHeight === to.height, { width, height })
}

test('no screen has a fault that can be measured', async ({ world }) => {
  // Some hundred pages, on machines of any speed.
  test.setTimeout(600_000)
  const gallery = await serveGallery()
  const app = await openWindow(world)
  try {
    const page = await app.firstWindow()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    for (const look of looks) {
      for (const name of stateNames) {
        await resize(app, page, sizeOf(name, look))
        await visit(page, gallery.origin, name, look)
        const found = await faultsOf(page)
        faults.push(...found.map((fault) => `${name} ${look.size} ${look.locale} ${look.theme}: ${fault}`))
      }
    }
    expect(faults).toEqual([])
  } finally {
    await app.close()
    await gallery.stop()
  }
})
