// The end-to-end tests: real phones on a virtual desktop, with real sound, against a real call server; and the screens of
// the gallery, with none of these. scripts/test.ts runs the two projects one after the other.
import { defineConfig } from '@playwright/test'

const gallery = /(everyone|long-list|pictures|screens)\.spec\.ts$/

export default defineConfig({
  testDir: '.',
  // Phones have one sound server, one mouse and one focus, and what they are heard to do needs the machine for itself.
  workers: 1,
  projects: [
    // Each worker has a desktop of its own, so these may be given more than one: no test there knows of another.
    { name: 'gallery', testMatch: gallery, fullyParallel: true, outputDir: '../../test-results/e2e/gallery' },
    { name: 'phones', testIgnore: gallery, outputDir: '../../test-results/e2e/phones' }
  ],
  forbidOnly: process.env['CI'] !== undefined,
  // A call that works the second time only is a broken call.
  retries: 0,
  timeout: 120_000,
  expect: {
    timeout: 15_000,
    toHaveScreenshot: {
      pathTemplate: '../../docs/screenshots/{arg}{ext}',
      animations: 'disabled',
      caret: 'hide',
      // Edges of letters are drawn a little differently on another machine; what moves or is missing is more than that.
      threshold: 0.2,
      maxDiffPixelRatio: 0.005
    }
  },
  reporter: 'list'
})
