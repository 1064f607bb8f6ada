// The end-to-end tests: real phones on a virtual desktop, with real sound, against a real call server.
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  // One desktop, one mouse, two cores.
  workers: 1,
  fullyParallel: false,
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
