// Every screen and state of the interface, made up by the gallery and drawn by the app's own engine: no fault that axe or
// a measure can see, in both languages and themes, in a narrow and a wide window.
import { stateNames } from '../support/ui-gallery/states.ts'
import { faultsOf, sizeOf, visit, type Look } from '../support/ui-gallery/visit.ts'
import { expect, test } from './fixtures.ts'

/**
 * Both languages, both themes, both layouts; what a language and a theme do to each other is nothing that axe looks at. The
 * narrow window is the harder one: there all are looked at, in the wide one each second, or it would take too long.
 */
const looks: readonly { readonly look: Look; readonly each: number }[] = [
  { look: { size: 'smallest', locale: 'fa', theme: 'light' }, each: 1 },
  { look: { size: 'wide', locale: 'en', theme: 'dark' }, each: 2 }
]

/** One of each kind: lists, cards, forms, settings, a call, signing in. */
const larger = ['contacts', 'recents', 'contact-card', 'settings-display', 'talking', 'keypad', 'sign-in'] as const

/** Tests of some dozens of pages each: two windows have done with about as many at the same time. */
const parts = 3

for (const { look, each } of looks)
  for (let part = 1; part <= parts; part += 1)
    test(`no screen has a fault that can be measured: ${look.size}, ${look.locale}, ${look.theme}, part ${String(part)} of ${String(parts)}`, async ({
      gallery: { page, origin }
    }) => {
      test.setTimeout(600_000)
      const faults: string[] = []
      const heard = ({ message }: Error) => faults.push(message)
      page.on('pageerror', heard)
      const states = stateNames
        .filter((_, index) => index % each === 0)
        .filter((_, index) => index % parts === part - 1)
      for (const name of states) {
        await page.setViewportSize(sizeOf(name, look))
        await visit(page, origin, name, look)
        faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
      }
      page.off('pageerror', heard)
      expect(faults).toEqual([])
    })

test('with words twice as large no screen is wider than the smallest window', async ({ gallery: { page, origin } }) => {
  test.setTimeout(600_000)
  const faults: string[] = []
  for (const name of larger) {
    const look = { size: 'smallest', locale: 'fa', theme: 'light', text: 2 } as const
    await page.setViewportSize(sizeOf(name, look))
    await visit(page, origin, name, look)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > sizeOf(name, look).width) faults.push(`${name}: ${String(width)} pixels wide with large words`)
  }
  expect(faults).toEqual([])
})
