// `node test/support/ui-gallery/poster.ts`: draws docs/screenshots/several-calls.jpg anew, what people do daily with several
// calls, side by side in both languages and themes. Needs Debian's chromium, or another one as the argument.
import { chromium, type Browser } from 'playwright'
import path from 'node:path'
import { serveGallery } from './serve.ts'
import type { StateName } from './states.ts'
import { sizes, visit, type Look } from './visit.ts'

const picture = path.join(import.meta.dirname, '../../../docs/screenshots/several-calls.jpg')
const scale = 1.5
const gap = 28
const shown: readonly (readonly [StateName, Look])[] = [
  ['second-call', { size: 'compact', locale: 'en', theme: 'light' }],
  ['two-calls', { size: 'compact', locale: 'fa', theme: 'dark' }],
  ['transfer-dialog', { size: 'compact', locale: 'en', theme: 'light' }],
  ['conference', { size: 'compact', locale: 'fa', theme: 'light' }]
]

const drawn = async (browser: Browser, origin: string, name: StateName, look: Look): Promise<string> => {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    deviceScaleFactor: scale,
    viewport: sizes[look.size],
    locale: look.locale === 'fa' ? 'fa-IR' : 'en-GB'
  })
  const page = await context.newPage()
  await visit(page, origin, name, look)
  const png = await page.screenshot()
  await context.close()
  return `<img src="data:image/png;base64,${png.toString('base64')}" width="${String(sizes[look.size].width)}">`
}

const gallery = await serveGallery()
const browser = await chromium.launch({
  executablePath: process.argv[2] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--font-render-hinting=none']
})
try {
  const images: string[] = []
  for (const [name, look] of shown) images.push(await drawn(browser, gallery.origin, name, look))
  const page = await browser.newPage({ deviceScaleFactor: scale })
  await page.setContent(`<style>
    body { display: inline-flex; gap: ${String(gap)}px; margin: 0; padding: ${String(gap)}px; background: #e8eef0 }
    img { border-radius: 14px; box-shadow: 0 1px 2px #0003, 0 10px 30px #0004 }
  </style>${images.join('')}`)
  await page.locator('body').screenshot({ path: picture, type: 'jpeg', quality: 86 })
} finally {
  await browser.close()
  await gallery.stop()
}
