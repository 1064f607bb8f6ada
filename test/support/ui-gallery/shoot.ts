// `node test/support/ui-gallery/shoot.ts OUTDIR [--only part-of-a-name] [--all] [--axe-only | --pictures-only]`: builds
// the gallery, opens every state in languages, themes and sizes, saves a picture of each, and checks each with axe, the
// content security policy and for overflow. Needs Debian's chromium, or another one by --browser.
import AxeBuilder from '@axe-core/playwright'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { chromium, type Browser, type Page } from 'playwright'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build, preview } from 'vite'
import { stateNames, type StateName } from './states.ts'

const here = import.meta.dirname
const repository = path.join(here, '../../..')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    all: { type: 'boolean' },
    'axe-only': { type: 'boolean' },
    'pictures-only': { type: 'boolean' },
    browser: { type: 'string' }
  }
})
const outDir = path.resolve(positionals[0] ?? path.join(os.tmpdir(), 'tamas-gallery'))
const say = (line: string) => process.stdout.write(`${line}\n`)

const openMore = (page: Page) => page.locator('.controls [popovertarget]').click()

/** What a hand does to get to a state that no snapshot alone shows. */
const steps: Partial<Record<StateName, (page: Page) => Promise<void>>> = {
  'contacts-name': (page) => page.locator('input[type=text]').fill('آرش ك'),
  'contacts-number': (page) => page.locator('input[type=text]').fill('+98 (21) 88-77'),
  'contacts-nobody': (page) => page.locator('input[type=text]').fill('zzz yyy'),
  'contact-card': (page) => page.locator('[data-row] button').first().click(),
  recents: (page) => page.locator('nav button').nth(1).click(),
  'recents-empty': (page) => page.locator('nav button').nth(1).click(),
  settings: (page) => page.locator('nav button').nth(2).click(),
  'settings-missing-device': async (page) => {
    await page.locator('nav button').nth(2).click()
    await page.locator('.settings section').nth(2).scrollIntoViewIfNeeded()
  },
  'sign-out': async (page) => {
    await page.locator('nav button').nth(2).click()
    await page.locator('.settings section').first().locator('button').last().click()
  },
  'sign-in': async (page) => {
    await page.locator('button[type=submit]').click()
  },
  toast: async (page) => {
    await page.locator('[data-row] button').nth(2).click()
    await page.locator('.toast').waitFor()
  },
  devices: (page) => openMore(page),
  more: (page) => openMore(page),
  keypad: async (page) => {
    await page.locator('.controls button').nth(2).click()
    for (const key of ['1', '8', '#']) await page.keyboard.press(key)
  },
  'transfer-dialog': async (page) => {
    await openMore(page)
    await page.locator('.menu button').first().click()
    await page.locator('dialog[open] .query').fill('a')
    await page.locator('dialog[open] input[type=radio]').nth(1).check()
  },
  'move-offered': async (page) => {
    await openMore(page)
    await page.locator('.menu button').last().click()
  },
  'do-not-disturb': (page) => page.locator('main header [popovertarget]').click(),
  'settings-calls': async (page) => {
    await page.locator('nav button').nth(2).click()
    await page.locator('.settings .blocked').scrollIntoViewIfNeeded()
  },
  'contact-blocked': (page) => page.locator('[data-row] button').first().click(),
  'small-call': (page) => page.locator('.stage .corner').click()
}

const sizes = {
  compact: { width: 400, height: 680 },
  smallest: { width: 360, height: 560 },
  wide: { width: 1000, height: 680 }
}

type Look = { readonly size: keyof typeof sizes; readonly locale: 'en' | 'fa'; readonly theme: 'light' | 'dark' }

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

const isRing = (name: StateName) => name === 'ring' || name.startsWith('ring-')

/** Everything that is wrong with the page as it is now. */
const faultsOf = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const refused = await page.locator('html').getAttribute('data-refused')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  const cut = await page.evaluate(() => {
    const [menu, timer] = ['[popover]:popover-open', '.stage .timer'].map((found) =>
      document.querySelector(found)?.getBoundingClientRect()
    )
    return menu !== undefined && timer !== undefined && timer.bottom > menu.top && timer.top < menu.bottom
  })
  return [
    ...violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html}\n    ${node.failureSummary ?? ''}`)
    ),
    ...(refused === null ? [] : [`refused by the policy: ${refused}`]),
    ...(overflow ? ['wider than its window'] : []),
    ...(cut ? ['the time of the call is behind a menu'] : [])
  ]
}

const shoot = async (browser: Browser, origin: string): Promise<number> => {
  let faults = 0
  const names = stateNames.filter((name) => name.includes(values.only ?? ''))
  for (const { size, locale, theme } of values.all ? every : few) {
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: locale === 'fa' ? 'fa-IR' : 'en-GB' })
    const page = await context.newPage()
    await page.clock.setFixedTime(new Date('2026-11-20T14:36:00'))
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    for (const name of names) {
      await page.setViewportSize(isRing(name) ? { width: 360, height: 148 } : sizes[size])
      await page.goto(`${origin}/?state=${name}&locale=${locale}&theme=${theme}`)
      await page.locator('html[data-ready]').waitFor()
      await steps[name]?.(page)
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

const dist = mkdtempSync(path.join(os.tmpdir(), 'tamas-gallery-dist-'))
const config = {
  root: here,
  configFile: false as const,
  base: './',
  logLevel: 'warn' as const,
  plugins: [svelte({ configFile: path.join(repository, 'svelte.config.js') })],
  build: {
    outDir: dist,
    emptyOutDir: true,
    target: ['chrome114', 'es2022'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false }
  }
}
await build(config)
const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } })
const origin = server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? ''
mkdirSync(outDir, { recursive: true })
const browser = await chromium.launch({
  executablePath: values.browser ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--font-render-hinting=none']
})
try {
  const faults = await shoot(browser, origin)
  say(`${faults} faults; pictures in ${outDir}`)
  process.exitCode = faults === 0 ? 0 : 1
} finally {
  await browser.close()
  await server.close()
  rmSync(dist, { recursive: true, force: true })
}
