// The screens look as in docs/screenshots. A picture that differs is named, and what differs is drawn into test-results;
// `npm run screenshots` draws all pictures anew where they are meant to be different.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { picturesIn } from '../support/ui-gallery/pictures.ts'
import { sizeOf, visit } from '../support/ui-gallery/visit.ts'
import { expect, test } from './fixtures.ts'

/** Engines differ in how they draw letters, so pictures are compared with those of the same one. */
const engineFile = path.join(import.meta.dirname, '../../docs/screenshots/engine.txt')

const mostTold = 4

for (const locale of ['en', 'fa'] as const)
  for (const theme of ['light', 'dark'] as const)
    test(`the screens look as in the pictures: ${locale}, ${theme}`, async ({ gallery }, { config }) => {
      test.setTimeout(600_000)
      const { page, origin, engine } = gallery
      const drawn = `Chromium ${engine}\n`
      if (config.updateSnapshots === 'all') writeFileSync(engineFile, drawn)
      else test.skip(readFileSync(engineFile, 'utf8') !== drawn, `the pictures were not drawn with Chromium ${engine}`)
      for (const { file, state, look } of picturesIn(locale, theme)) {
        await page.setViewportSize(sizeOf(state, look))
        await visit(page, origin, state, look)
        await expect.soft(page).toHaveScreenshot([...file])
        // Each that differs is looked at for a while, as it might still be changing.
        if (test.info().errors.length === mostTold) throw new Error('more may differ: these were the first')
      }
    })
