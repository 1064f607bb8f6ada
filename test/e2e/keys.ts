// Going through a window by the keyboard alone, as a person does who hears the names.
import type { Page } from '@playwright/test'

/** More than there are places to stop at in any of the windows. */
const mostStops = 60

/** What has the focus, as it is read. */
export const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.activeElement
    return (focused?.getAttribute('aria-label') ?? focused?.textContent ?? '').trim()
  })

/** Goes on with Tab until it is at what is named so, as a person does who hears the names. */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  const heard: string[] = []
  for (let stop = 0; stop < mostStops; stop += 1) {
    await page.keyboard.press('Tab')
    const now = await focusedName(page)
    if (now.startsWith(name)) return
    heard.push(now.slice(0, 30))
  }
  throw new Error(`Tab does not lead to ${name}, but to ${heard.join(' | ')}`)
}

/** Goes there, and presses it. */
export const choose = async (page: Page, name: string): Promise<void> => {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}
