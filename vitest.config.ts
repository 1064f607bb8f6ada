// The unit and integration tests. Unit tests run in plain Node; a file that needs a page says so in its first line
// (`// @vitest-environment happy-dom`). The end-to-end tests are Playwright's: test/e2e/playwright.config.ts.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        plugins: [svelte()],
        // Svelte has a build for servers and one for pages; the components under test are of the second kind.
        resolve: { conditions: ['browser'] },
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/weaknesses/**/*.test.ts'],
          environment: 'node',
          // No test waits for time; a machine that has much else to do is no fault of theirs.
          testTimeout: 20_000,
          expect: { poll: { timeout: 15_000 } },
          restoreMocks: true,
          unstubGlobals: true
        }
      },
      {
        test: { name: 'property', include: ['test/property/**/*.test.ts'], environment: 'node' }
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          // Real workers, real media and two cores: one file at a time, or the deadlines would measure the machine.
          fileParallelism: false,
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 60_000
        }
      },
      {
        // Minutes long: `npm run test:network`. What it measures is also run in short among the integration tests. Nothing
        // else is to run beside it: here limits in time are asked for.
        test: {
          name: 'network',
          include: ['test/network/**/*.test.ts', 'test/integration/faults.test.ts'],
          env: { TAMAS_TEST_QUIET: '1' },
          environment: 'node',
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 60_000
        }
      }
    ]
  }
})
