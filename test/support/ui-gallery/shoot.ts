// `node test/support/ui-gallery/shoot.ts OUTDIR [--only part-of-a-name] [--all] [--text 2] [--axe-only | --pictures-only]`: opens
// every state of the gallery in languages, themes and sizes, saves a picture of each, and looks for faults. Needs Debian's
// chromium, or another one by --browser.
import { chromium, type Browser } from 'playwright'
import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { serveGallery } from './serve.ts'
import { stateNames } from './states.ts'
import { faultsOf, sizeOf, sizes, visit, type Look } from './visit.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    all: { type: 'boolean' },
    'axe-only': { type: 'boolean' },
    'pictures-only': { type: 'boolean' },
    /** Times the usual size of words, as in the settings. */
    text: { type: 'string', default: '1' },
    browser: { type: 'string' }
  }
})
const outDir = path.resolve(positionals[0] ?? path.join(os.tmpdir(), 'tamas-gallery'))
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Each pair of size, language and theme at least once; `--all` looks at every triple. */
const few: readonly Look[] = [
  { size: 'compact', locale: 'en', theme: 'light' },
  { size: 'compact', locale: 'fa', theme: 'dark' },
  { size: 'smallest', locale: 'fa', theme: 'light' },
  { size: 'wide', locale: 'fa', theme: 'light' },
  { size: 'wide', locale: 'en', theme: 'dark' }
]
const every: readonly Look[] = (Object.keys(sizes) as (keyof typeof sizes)[]).flatMap((size) =>
  (['en', 'fa'] as const).flatMap((locale) => (['light', 'dark'] as const).map((theme) => ({ size, locale, theme })))
)

const shoot = async (browser: Browser, origin: string): Promise<number> => {
  let faults = 0
  const names = stateNames.filter((name) => name.includes(values.only ?? ''))
  for (const look of values.all ? every : few) {
    const { size, locale, theme } = look
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: locale === 'fa' ? 'fa-IR' : 'en-GB' })
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    for (const name of names) {
      await page.setViewportSize(sizeOf(name, { ...look, text: Number(values.text) }))
      await visit(page, origin, name, { ...look, text: Number(values.text) })
      const picture = path.join(outDir, `${name}.${size}.${locale}.${theme}.png`)
      if (!values['axe-only']) await page.screenshot({ path: picture })
      if (!values['pictures-only']) errors.push(...(await faultsOf(page)))
      for (const error of errors) say(`FAULT ${name} ${size} ${locale} ${theme}: ${error}`)
      faults += errors.length
      errors.length = 0
    }
    await context.close()
  }
  return faults
}

const gallery = await serveGallery()
mkdirSync(outDir, { recursive: true })
const browser = await chromium.launch({
  executablePath: values.browser ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--font-render-hinting=none']
})
try {
  const faults = await shoot(browser, gallery.origin)
  say(`${faults} faults; pictures in ${outDir}`)
  process.exitCode = faults === 0 ? 0 : 1
} finally {
  await browser.close()
  await gallery.stop()
}
