// For people who see, hear or move otherwise, measured in the app's own engine: contrast, forced colours, focus, room for
// larger text, what an incoming call is to a screen reader, and what is copied. axe and the size of targets: screens.spec.
import type { Page } from '@playwright/test'
import { catalogue } from '../../common/i18n/index.ts'
import { dialTarget } from '../../common/dial-target.ts'
import { cutTexts, edgelessControls, faintTexts, focusFaults, movingThings } from '../support/ui-gallery/measures.ts'
import { sara } from '../support/ui-gallery/people.ts'
import { mainStates } from '../support/ui-gallery/pictures.ts'
import type { StateName } from '../support/ui-gallery/states.ts'
import type { GalleryWindow } from '../support/ui-gallery/window.ts'
import { sizeOf, visit, type Look } from '../support/ui-gallery/visit.ts'
import { expect, test } from './fixtures.ts'

const plain: Look = { size: 'compact', locale: 'en', theme: 'light' }

// Some dozens of pages each, on machines of any speed.
test.beforeEach(() => test.setTimeout(600_000))

type Emulated = Parameters<Page['emulateMedia']>[0]
const usual: Emulated = { contrast: 'no-preference', forcedColors: 'none', reducedMotion: 'reduce' }

/** What is looked for, and how the system is set meanwhile. */
type Search = { readonly emulated: Emulated; readonly find: (page: Page) => Promise<readonly string[]> }

/**
 * What is wrong in each of the states, looked at so. A visit takes longer than a look: all is looked for in one, and as
 * less motion is asked for, the page is at once what another setting of the system makes of it.
 */
const faultsIn = async (
  { page, origin }: GalleryWindow,
  states: readonly StateName[],
  look: Look,
  searches: readonly [Search, ...Search[]],
  size = sizeOf
): Promise<readonly string[]> => {
  const faults: string[] = []
  try {
    for (const state of states) {
      await page.setViewportSize(size(state, look))
      await page.emulateMedia({ ...usual, ...searches[0].emulated })
      await visit(page, origin, state, look)
      for (const { emulated, find } of searches) {
        await page.emulateMedia({ ...usual, ...emulated })
        faults.push(...(await find(page)).map((fault) => `${state} ${look.locale} ${look.theme}: ${fault}`))
      }
    }
  } finally {
    await page.emulateMedia(usual)
  }
  return faults
}

const contrast: Search = { emulated: { contrast: 'more' }, find: faintTexts }
const edges: Search = { emulated: { forcedColors: 'active' }, find: edgelessControls }
const focus: Search = { emulated: {}, find: focusFaults }

test('every text has 7:1 where more contrast is asked for, every control an edge with forced colours, and Tab leads everywhere, out again, and shows where it is', async ({
  gallery
}) => {
  // Tab comes last: it leaves the focus elsewhere.
  expect(await faultsIn(gallery, mainStates, plain, [contrast, edges, focus])).toEqual([])
})

test('every text has 7:1 where more contrast is asked for in the dark', async ({ gallery }) => {
  expect(await faultsIn(gallery, mainStates, { ...plain, theme: 'dark' }, [contrast])).toEqual([])
})

test('with forced colours the focus can be seen too', async ({ gallery }) => {
  const focused: readonly StateName[] = ['contacts', 'talking', 'transfer-dialog']
  const forced: Search = { emulated: { forcedColors: 'active' }, find: focusFaults }
  expect(await faultsIn(gallery, focused, plain, [forced])).toEqual([])
})

for (const locale of ['en', 'fa'] as const)
  test(`nothing is cut or covered where a window of 720 by 1280 shows everything twice as large: ${locale}`, async ({
    gallery
  }) => {
    // Zoomed to 200 %, it has room for 360 by 640.
    const half = (state: StateName, look: Look) => {
      const { width, height } = sizeOf(state, look)
      return { width: Math.min(width, 360), height: Math.min(height, 640) }
    }
    expect(await faultsIn(gallery, mainStates, { ...plain, locale }, [{ emulated: {}, find: cutTexts }], half)).toEqual(
      []
    )
  })

test('nothing moves where less motion is asked for', async ({ gallery }) => {
  const moving: readonly StateName[] = ['incoming', 'ringing', 'talking', 'paused', 'sign-in-busy', 'reconnecting']
  const asking = (reducedMotion: 'reduce' | 'no-preference'): readonly [Search] => [
    { emulated: { reducedMotion }, find: movingThings }
  ]
  expect(await faultsIn(gallery, ['ringing'], plain, asking('no-preference'))).not.toEqual([])
  expect(await faultsIn(gallery, moving, plain, asking('reduce'))).toEqual([])
})

type AxNode = {
  readonly ignored: boolean
  readonly role?: { readonly value: string }
  readonly name?: { readonly value: string }
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[]
}

for (const locale of ['en', 'fa'] as const)
  test(`an incoming call is announced at once, and what can be done stands in the tree: ${locale}`, async ({
    gallery: { page, origin }
  }) => {
    const { call, shell } = catalogue(locale)
    const name = sara.names[locale]
    await page.setViewportSize({ width: 400, height: 680 })
    await visit(page, origin, 'incoming', { ...plain, locale })
    const session = await page.context().newCDPSession(page)
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: readonly AxNode[] }
    await session.detach()
    const told = nodes
      .filter(({ ignored }) => !ignored)
      .map(({ role, name: said, properties = [] }) => ({
        role: role?.value ?? '',
        name: said?.value ?? '',
        is: Object.fromEntries(properties.map((one) => [one.name, one.value.value]))
      }))
    const having = (wanted: string) => told.filter(({ role }) => role === wanted)
    expect(having('heading').map((node) => node.name)).toEqual([name])
    // No other buttons than these two: whatever is behind the call is out of reach.
    expect(having('button').map((node) => [node.name, node.is['keyshortcuts']])).toEqual([
      [shell.decline, 'Control+Shift+Enter'],
      [shell.answer, 'Control+Enter']
    ])
    expect(having('alert').map((node) => node.is['live'])).toContain('assertive')
    const alert = page.getByRole('alert').filter({ hasText: call.announceIncoming(name) })
    await expect(alert).toHaveAttribute('aria-live', 'assertive')
    expect(having('main').length).toBe(1)
  })

for (const locale of ['en', 'fa'] as const)
  test(`a number is copied as it is dialled: ${locale}`, async ({ gallery: { app, page, origin } }) => {
    await page.setViewportSize({ width: 400, height: 680 })
    await visit(page, origin, 'incoming-long-name', { ...plain, locale })
    const number = page.locator('.stage .number [data-number]')
    // One click takes all of it, with the plus that a double click on a word would leave behind.
    await number.click()
    await page.keyboard.press('Control+C')
    const text = await app.evaluate(({ clipboard }) => clipboard.readText())
    expect(text).toBe('+982188776655')
    expect(dialTarget(text)).toBe('+982188776655')
    expect(await number.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr')

    // A piece of the page, with names around the number.
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('.stage') ?? document.body))
    await page.keyboard.press('Control+C')
    const all = await app.evaluate(({ clipboard }) => clipboard.readText())
    expect(all).toContain('+982188776655')
    expect(all).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
  })
