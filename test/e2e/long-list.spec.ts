// Ten thousand contacts, made up by the gallery, cost the page as much as fifty.
import { measureList } from '../support/ui-gallery/long-list.ts'
import { sizeOf, visit, type Look } from '../support/ui-gallery/visit.ts'
import { expect, test } from './fixtures.ts'

test('of ten thousand contacts few are in the page', async ({ gallery: { page, origin } }) => {
  test.setTimeout(300_000)
  for (const look of [
    { size: 'wide', locale: 'en', theme: 'light' },
    { size: 'compact', locale: 'fa', theme: 'light' }
  ] as const satisfies readonly Look[]) {
    await page.setViewportSize(sizeOf('contacts-many', look))
    await visit(page, origin, 'contacts-many', look)
    const { rows, scroll, key } = await measureList(page)
    expect(rows).toBeGreaterThan(5)
    expect(rows).toBeLessThanOrEqual(60)
    const told = ([mean, most]: readonly [number, number]) => `${mean.toFixed(1)} ms, at most ${most.toFixed(1)} ms`
    process.stdout.write(
      `10,000 contacts, ${look.size}: ${String(rows)} rows, script for a step of scrolling ${told(scroll)}, for a key ${told(key)}\n`
    )
  }
})
