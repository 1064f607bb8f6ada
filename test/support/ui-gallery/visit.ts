// How a browser gets to a state of the gallery, and what is wrong with the page there. Knows no browser and no test.
import { miniSize, ringSize, type Size } from '../../../common/small-windows.ts'
import type { Result } from 'axe-core'
import type { Page } from 'playwright'
import type { StateName } from './states.ts'
import { steps } from './steps.ts'

/** The sizes that the window is looked at in: as it opens, as small as it gets, list and call side by side. */
export const sizes = {
  compact: { width: 400, height: 680 },
  smallest: { width: 360, height: 560 },
  wide: { width: 1000, height: 680 }
}

/** How a state is looked at. */
export type Look = {
  readonly size: keyof typeof sizes
  readonly locale: 'en' | 'fa'
  readonly theme: 'light' | 'dark'
  /** Times the usual size of words. */
  readonly text?: number
}

const isMini = (name: StateName): boolean => name.startsWith('mini')
const isRing = (name: StateName): boolean => name === 'ring' || name.startsWith('ring-')

/** The room of a state in a look: the ring window and the mini window have one size each, by the size of words. */
export const sizeOf = (name: StateName, { size, text = 1 }: Look): Size => {
  if (!isMini(name) && !isRing(name)) return sizes[size]
  const { width, height } = isMini(name) ? miniSize : ringSize
  return { width: Math.round(width * text), height: Math.round(height * text) }
}

/** Resolves at the moment when the gallery says that it is there: asking now and then takes longer. Runs in the page. */
const untilReady = (): Promise<void> =>
  new Promise((done) => {
    const { documentElement: page } = document
    const look = () => {
      if (page.dataset['ready'] !== undefined) done()
    }
    new MutationObserver(look).observe(page, { attributes: true })
    look()
  })

/** Opens a state in a window that has its size already. */
export const visit = async (
  page: Page,
  origin: string,
  name: StateName,
  { locale, theme, text = 1 }: Look
): Promise<void> => {
  // Time stands still there: on an afternoon of the browser's time zone.
  await page.goto(`${origin}/?state=${name}&locale=${locale}&theme=${theme}&text=${text}&at=2026-11-20T14:36:00`)
  await page.evaluate(untilReady)
  await steps[name]?.(page)
}

/** What can be seen to be wrong by measuring: runs in the page. */
const measured = (leastTarget: number): readonly string[] => {
  const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect()
  // What one does in a menu is done while one talks; what one only reads may lie over it.
  const [menu, timer] = [box('[popover]:popover-open:has(select)'), box('.stage .timer')]
  const isTimerCut = menu !== undefined && timer !== undefined && timer.bottom > menu.top && timer.top < menu.bottom
  const isStageCut = [...document.querySelectorAll('.stage, .stage .who')].some(
    ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1
  )
  const small = [...document.querySelectorAll('button, select, input, a')].flatMap((element) => {
    // A label is as good a target as the box it belongs to.
    const { width, height } = (element.closest('label') ?? element).getBoundingClientRect()
    const isShown = element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && width > 1
    return isShown && (width < leastTarget || height < leastTarget)
      ? [`${Math.round(width)} by ${Math.round(height)} pixels to click: ${element.outerHTML.slice(0, 160)}`]
      : []
  })
  // Where a line begins for whoever reads from the right, one that is written begins too.
  const astray = [...document.querySelectorAll<HTMLElement>('input:not([type=radio], [type=range]), textarea')].flatMap(
    (field) => {
      const { textAlign, direction } = getComputedStyle(field)
      const isRight = textAlign === 'right' || (textAlign === 'start' && direction === 'rtl')
      const isWanted = document.documentElement.dir === 'rtl' && field.checkVisibility()
      return isWanted && !isRight ? [`written from the left: ${field.outerHTML.slice(0, 160)}`] : []
    }
  )
  return [
    ...astray,
    ...(document.documentElement.scrollWidth > window.innerWidth ? ['wider than its window'] : []),
    ...(isTimerCut ? ['the time of the call is behind a menu'] : []),
    ...(isStageCut ? ['the call does not fit its window'] : []),
    ...small
  ]
}

/** What axe has against the page. The gallery serves it: half a megabyte that the browser translates once, not on each page. */
const axeFaults = (page: Page): Promise<readonly Pick<Result, 'id' | 'nodes'>[]> =>
  page.evaluate(`import('/axe.js')
    .then(() => axe.run(document, { resultTypes: ['violations'] }))
    .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes })))`)

/** Everything that is wrong with the page as it is now. */
export const faultsOf = async (page: Page): Promise<readonly string[]> => {
  const violations = await axeFaults(page)
  const refused = await page.locator('html').getAttribute('data-refused')
  return [
    ...violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html}\n    ${node.failureSummary ?? ''}`)
    ),
    ...(refused === null ? [] : [`refused by the policy: ${refused}`]),
    ...(await page.evaluate(measured, 32))
  ]
}
