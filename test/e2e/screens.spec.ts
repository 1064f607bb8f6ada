// Every screen and state of the interface, made up by the gallery and drawn by the app's own engine: no fault that axe or
// a measure can see, in both languages and themes, in a narrow and a wide window.
import type { Page } from '@playwright/test'
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

const visits = looks.flatMap(({ look, each }) =>
  stateNames.filter((_, index) => index % each === 0).map((name) => ({ name, look }))
)

test('no screen has a fault that can be measured', async ({ gallery: { page, openPage, origin } }) => {
  // Some hundred pages, on machines of any speed.
  test.setTimeout(1_200_000)
  const faults: string[] = []
  const heard = ({ message }: Error) => faults.push(message)
  const left = visits.values()
  const lookIn = async (window: Page): Promise<void> => {
    window.on('pageerror', heard)
    for (const { name, look } of left) {
      await window.setViewportSize(sizeOf(name, look))
      await visit(window, origin, name, look)
      const found = await faultsOf(window)
      faults.push(...found.map((fault) => `${name} ${look.size} ${look.locale} ${look.theme}: ${fault}`))
    }
    window.off('pageerror', heard)
  }
  const second = await openPage()
  // Two at a time: the machine has two cores at least.
  await Promise.all([page, second].map(lookIn))
  await second.close()
  // With words twice as large no screen is wider than the smallest window.
  for (const name of larger) {
    const look = { size: 'smallest', locale: 'fa', theme: 'light', text: 2 } as const
    await page.setViewportSize(sizeOf(name, look))
    await visit(page, origin, name, look)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > sizeOf(name, look).width) faults.push(`${name}: ${String(width)} pixels wide with large words`)
  }
  expect(faults).toEqual([])
})
