// Every screen and state of the interface, made up by the gallery and drawn by the app's own engine: no fault that axe or
// a measure can see, in both languages and themes, in a narrow and a wide window.
import { stateNames } from '../support/ui-gallery/states.ts'
import { faultsOf, sizeOf, visit, type Look } from '../support/ui-gallery/visit.ts'
import { expect, test } from './fixtures.ts'

/** Both languages, both themes, both layouts; what a language and a theme do to each other is nothing that axe looks at. */
const looks: readonly Look[] = [
  { size: 'smallest', locale: 'fa', theme: 'light' },
  { size: 'wide', locale: 'en', theme: 'dark' }
]

test('no screen has a fault that can be measured', async ({ gallery: { page, origin } }) => {
  // Some hundred pages, on machines of any speed.
  test.setTimeout(600_000)
  const faults: string[] = []
  const heard = ({ message }: Error) => faults.push(message)
  page.on('pageerror', heard)
  for (const look of looks) {
    for (const name of stateNames) {
      await page.setViewportSize(sizeOf(name, look))
      await visit(page, origin, name, look)
      const found = await faultsOf(page)
      faults.push(...found.map((fault) => `${name} ${look.size} ${look.locale} ${look.theme}: ${fault}`))
    }
  }
  page.off('pageerror', heard)
  expect(faults).toEqual([])
})
