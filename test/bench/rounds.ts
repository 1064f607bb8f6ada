// One round of a measurement with two pages: an answer, and when both first heard the other. For Tamas and bare alike.
import type { Page } from '@playwright/test'
import { setTimeout as delay } from 'node:timers/promises'
import { waitFor } from '../support/desktop/wait.ts'

/** Resolves once both pages have their media prepared. */
export const waitUntilPrepared = async (pages: readonly Page[]): Promise<void> => {
  for (const page of pages) {
    await waitFor('the media is prepared', async () =>
      (await page.evaluate(() => window.benchEar.isPrepared())) ? true : undefined
    )
  }
  // What the preparing has set in motion is over by then; a person needs longer to answer.
  await delay(300)
}

/** When each page first heard, in milliseconds after the answer. */
export const heardAfter = async (pages: readonly Page[], answer: () => Promise<number>): Promise<readonly number[]> => {
  for (const page of pages) await page.evaluate(() => window.benchEar.reset())
  const answeredAt = await answer()
  const heard: number[] = []
  for (const page of pages) {
    const at = await waitFor(
      'the call is heard',
      async () => (await page.evaluate(() => window.benchEar.heardAt())) ?? undefined
    )
    heard.push(at - answeredAt)
  }
  return heard
}
