// What a list of ten thousand contacts costs the page: rows that are in it, and script for a step of scrolling and a key.
import type { Page } from 'playwright'

export type ListCost = {
  /** The most rows that were in the page at once. */
  readonly rows: number
  /** Script, in milliseconds: for a step of scrolling and for a key in the field, on average and at most. */
  readonly scroll: readonly [mean: number, most: number]
  readonly key: readonly [mean: number, most: number]
}

const steps = 60
/** What is run for the first time is read and translated: these are not counted. */
const warmUp = 10
const typed = ['r', 'a', 'h', 'i', 'm', 'i']

/** The page shows a long list, and nothing is typed. Leaves it scrolled, with a search. */
export const measureList = async (page: Page): Promise<ListCost> => {
  const session = await page.context().newCDPSession(page)
  // The time of the thread alone: what else the machine does meanwhile is no matter of the list.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const scriptMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000
  }
  const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
  const taken = async (act: () => Promise<unknown>): Promise<number> => {
    const before = await scriptMs()
    await act()
    await drawn()
    return (await scriptMs()) - before
  }
  /** What the asking itself takes. */
  const idle = await taken(() => page.evaluate(() => undefined))
  let rows = 0
  const count = async () => {
    rows = Math.max(rows, await page.locator('.contacts [data-row]').count())
  }
  const [scrolls, keys]: [number[], number[]] = [[], []]
  for (let step = -warmUp; step < steps; step += 1) {
    // Some are a turn of the wheel, some a drag of the bar.
    const by = step % 3 === 0 ? 9_000 : 240
    const ms = await taken(() => page.locator('.contacts .list').evaluate((list, way) => list.scrollBy(0, way), by))
    if (step >= 0) scrolls.push(ms)
    await count()
  }
  await page.locator('.contacts input').focus()
  for (const key of typed) {
    keys.push(await taken(() => page.keyboard.press(key)))
    await count()
  }
  await session.detach()
  const summary = (all: readonly number[]): readonly [number, number] => {
    const own = all.map((ms) => Math.max(0, ms - idle))
    return [own.reduce((sum, ms) => sum + ms, 0) / own.length, Math.max(...own)]
  }
  return { rows, scroll: summary(scrolls), key: summary(keys) }
}
