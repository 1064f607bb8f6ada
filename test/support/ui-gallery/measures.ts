// What can be measured of a screen for people who see, hear or move otherwise: contrast, focus, text that is cut, motion.
// Each is a function for the page, and says what is wrong in words. Knows no browser and no test.
import type { Page } from 'playwright'

/** Texts with less contrast than this to what is behind them; large letters need less, as WCAG has it. Runs in the page. */
const faint = ({ least, leastLarge }: { readonly least: number; readonly leastLarge: number }): readonly string[] => {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return ['no canvas']
  const read = (colour: string): Colour => {
    context.clearRect(0, 0, 1, 1)
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha / 255]
  }
  const over = (top: Colour, below: Colour): Colour => {
    const mix = (at: 0 | 1 | 2) => top[at] * top[3] + below[at] * (1 - top[3])
    return [mix(0), mix(1), mix(2), 1]
  }
  const light = ([red, green, blue]: Colour): number => {
    const of = (value: number) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    }
    return 0.2126 * of(red) + 0.7152 * of(green) + 0.0722 * of(blue)
  }
  const contrast = (one: Colour, other: Colour): number => {
    const [a, b] = [light(one), light(other)]
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  }
  /** The colours that may be behind an element: one, or both ends of a gradient. */
  const behind = (element: Element | null): readonly Colour[] => {
    if (element === null) return [[255, 255, 255, 1]]
    const style = getComputedStyle(element)
    const ends = style.backgroundImage.match(/(oklch|oklab|rgba?|color)\([^()]*\)/g) ?? []
    const own = (style.backgroundImage.includes('gradient') ? ends : [style.backgroundColor]).map(read)
    if (own.every(([, , , alpha]) => alpha === 1)) return own
    const below = behind(element.parentElement)
    return own.flatMap((top) => below.map((lower) => over(top, lower)))
  }
  const texts = [...document.querySelectorAll<HTMLElement>('body *')].filter(
    (element) =>
      // Initials stand in for a picture, and the name beside them.
      element.closest('.avatar, :disabled, option, .unseen') === null &&
      element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
      element.closest('[inert]') === null &&
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '')
  )
  return texts.flatMap((element) => {
    const style = getComputedStyle(element)
    const size = Number.parseFloat(style.fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const grounds = behind(element)
    const worst = Math.min(...grounds.map((ground) => contrast(over(read(style.color), ground), ground)))
    const wanted = isLarge ? leastLarge : least
    return worst + 0.005 < wanted
      ? [`contrast ${worst.toFixed(2)} of "${element.textContent.trim().slice(0, 40)}" (${element.className})`]
      : []
  })
}

/** Words that do not fit where they stand, and whatever is wider than the window. Runs in the page. */
const cut = (): readonly string[] => {
  const faults: string[] = []
  if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than its window')
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (element.closest('.unseen, option, [inert]') !== null || !element.checkVisibility()) continue
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== ''
    )
    if (!hasText) continue
    const what = `"${element.textContent.trim().slice(0, 40)}" (${element.tagName} ${element.className})`
    const range = document.createRange()
    range.selectNodeContents(element)
    const text = range.getBoundingClientRect()
    let isShort = false
    // A box that scrolls shows what is in it sooner or later.
    for (let box: HTMLElement | null = element; box !== null && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box)
      if (style.position === 'fixed') break
      const edges = box.getBoundingClientRect()
      const isHidden = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
      // The rest of a long name is told where it is opened.
      if (style.textOverflow === 'ellipsis') isShort = true
      const isMeant = isShort
      if (isHidden(style.overflowX) && !isMeant && (text.right > edges.right + 1 || text.left < edges.left - 1))
        faults.push(`cut at the side: ${what}`)
      if (isHidden(style.overflowY) && !isMeant && (text.bottom > edges.bottom + 2 || text.top < edges.top - 2))
        faults.push(`cut at the top or the bottom: ${what}`)
      if (/auto|scroll/.test(`${style.overflowX} ${style.overflowY}`)) break
    }
    const isOut = text.right > innerWidth + 1 || text.left < -1
    if (isOut && !isShort && element.closest('[popover]:not(:popover-open)') === null)
      faults.push(`out of the window: ${what}`)
  }
  return [...new Set(faults)]
}

/** Words that lie over other words. Runs in the page. */
const overlapping = (): readonly string[] => {
  /** What is seen of the words of an element: less where a box around it cuts or scrolls. */
  const seen = (element: HTMLElement): DOMRect => {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
    const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
      if (node.parentElement?.closest('.unseen') !== null) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const { left, top, right, bottom, width } = range.getBoundingClientRect()
      // Blanks between elements are nowhere.
      if (width === 0) continue
      box.left = Math.min(box.left, left)
      box.top = Math.min(box.top, top)
      box.right = Math.max(box.right, right)
      box.bottom = Math.max(box.bottom, bottom)
    }
    for (let around = element.parentElement; around !== null; around = around.parentElement) {
      if (getComputedStyle(around).overflow === 'visible') continue
      const edges = around.getBoundingClientRect()
      box.left = Math.max(box.left, edges.left)
      box.top = Math.max(box.top, edges.top)
      box.right = Math.min(box.right, edges.right)
      box.bottom = Math.min(box.bottom, edges.bottom)
    }
    return new DOMRect(box.left, box.top, Math.max(0, box.right - box.left), Math.max(0, box.bottom - box.top))
  }
  const boxes = [...document.querySelectorAll<HTMLElement>('button, label, h1, h2, p')]
    .filter(
      (element) =>
        element.closest('.unseen, [inert], [popover], dialog, .toasts') === null &&
        element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
        element.textContent.trim() !== ''
    )
    .map((element) => ({ element, box: seen(element) }))
    .filter(({ box }) => box.width > 0 && box.height > 0)
  return boxes.flatMap(({ element, box }, at) =>
    boxes.slice(at + 1).flatMap(({ element: other, box: its }) => {
      if (element.contains(other) || other.contains(element)) return []
      const width = Math.min(box.right, its.right) - Math.max(box.left, its.left)
      const height = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top)
      // Lines have room above and below their letters, which may be the same.
      if (width < 3 || height < 0.4 * Math.min(box.height, its.height)) return []
      return [[element, other].map((one) => `"${one.textContent.trim().slice(0, 30)}"`).join(' lies over ')]
    })
  )
}

/** Everything that moves by itself. Runs in the page. */
const moving = (): readonly string[] =>
  document.getAnimations().flatMap((animation) => {
    const { effect, playState } = animation
    const lasts = effect === null ? 0 : Number(effect.getComputedTiming().duration)
    return playState === 'running' && lasts > 0 ? [`moves for ${String(lasts)} ms`] : []
  })

/**
 * Controls that nothing shows but their place: no edge, no icon, no row of a list around their words. Runs in the page,
 * under forced colours, where grounds and shadows are gone.
 */
const edgeless = (): readonly string[] =>
  [...document.querySelectorAll<HTMLElement>('button, select, input:not([type=radio], [type=checkbox], [type=range])')]
    .filter(
      (element) =>
        element.closest('[inert], [data-row], li, nav') === null &&
        element.querySelector('svg') === null &&
        element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
        element.getBoundingClientRect().width > 1
    )
    .flatMap((element) => {
      const hasEdge = (one: Element | null): boolean => {
        if (one === null) return false
        const { borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(one)
        return borderTopStyle !== 'none' && borderTopColor !== backgroundColor
      }
      return hasEdge(element) || hasEdge(element.parentElement) ? [] : [`no edge: ${element.outerHTML.slice(0, 120)}`]
    })

export const faintTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(faint, { least: 7, leastLarge: 4.5 })
export const cutTexts = async (page: Page): Promise<readonly string[]> => [
  ...(await page.evaluate(cut)),
  ...(await page.evaluate(overlapping))
]
export const movingThings = (page: Page): Promise<readonly string[]> => page.evaluate(moving)
export const edgelessControls = (page: Page): Promise<readonly string[]> => page.evaluate(edgeless)

/** More than there are stops in any screen. */
const mostStops = 150

type Stops = { readonly looks: Map<Element, string>; readonly look: (element: Element) => string }
declare global {
  interface Window {
    /** Where Tab has stopped, and how that looked; only while it is measured. */
    galleryStops?: Stops
  }
}

/** Goes on with Tab from where the focus is; the name of the way it went. Runs in the page. */
const stopHere = (): 'first' | 'new' | 'edge' | 'again' => {
  const stops = window.galleryStops
  const at = document.activeElement
  if (stops === undefined || at === null || at === document.body) return 'edge'
  const [first] = stops.looks.keys()
  if (at === first) return 'first'
  if (stops.looks.has(at)) return 'again'
  stops.looks.set(at, stops.look(at))
  return 'new'
}

const beginStops = (): void => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  window.galleryStops = {
    looks: new Map(),
    /** How an element and those around it look, as far as a focus may show. */
    look: (element) => {
      const looks: string[] = []
      for (let at: Element | null = element; at !== null && looks.length < 4; at = at.parentElement) {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderStyle, borderColor, backgroundColor } =
          getComputedStyle(at)
        // What is not drawn has a colour too, and forced colours change it with the focus.
        const outline = outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`
        const border = borderStyle === 'none' ? '' : borderColor
        looks.push([outline, border, boxShadow, backgroundColor].join(' '))
      }
      return looks.join('|')
    }
  }
}

const wrongStops = (): readonly string[] => {
  const stops = window.galleryStops
  if (stops === undefined) return ['nothing was measured']
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  const name = (element: Element) =>
    `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)}`
  const unseen = [...stops.looks].filter(([element, focused]) => stops.look(element) === focused)
  const modal = document.querySelector('dialog[open]')
  const reachable = [...document.querySelectorAll<HTMLElement>('button, select, input, a[href], summary')].filter(
    (element) =>
      (modal === null || modal.contains(element)) &&
      element.closest('[inert], :disabled') === null &&
      element.tabIndex >= 0 &&
      element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
      // One stop is enough for a group of radio buttons.
      !(element instanceof HTMLInputElement && element.type === 'radio')
  )
  delete window.galleryStops
  return [
    ...unseen.map(([element]) => `the focus does not show: ${name(element)}`),
    ...reachable
      .filter((element) => !stops.looks.has(element))
      .map((element) => `Tab does not lead to ${name(element)}`)
  ]
}

/**
 * Goes round a screen with Tab until it is back where it began. Says which stops do not show that they have the focus,
 * which controls Tab does not lead to, and whether it gets stuck.
 */
export const focusFaults = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(beginStops)
  let edges = 0
  for (let stop = 0; ; stop += 1) {
    if (stop === mostStops) return ['Tab does not come back to where it began']
    await page.keyboard.press('Tab')
    const where = await page.evaluate(stopHere)
    if (where === 'edge') edges += 1
    // Over the end of the page, where a browser's own controls would come, it begins anew.
    if (where === 'first' || edges > 2) break
    if (where === 'again') return ['Tab goes in a circle that leaves out where it began']
  }
  return page.evaluate(wrongStops)
}
