// What runs a check: a mark is of the way that is measured, and a check that could not begin may be tried again. Bridge,
// media and probe are named fakes.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fail, ok } from '../../../../common/result.ts'
import { createChecks } from '../../../../renderer/preflight/checks.ts'
import type { MediaProbe } from '../../../../renderer/preflight/ports.ts'
import { createPreflight } from '../../../../renderer/preflight/preflight.ts'
import type { LineQuality } from '../../../../renderer/state/media-port.ts'
import { fakeProbe } from '../../../support/ui-gallery/fake-sound.ts'
import { lines } from '../../../support/ui-gallery/lines.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const microphoneTry = { open: async () => Promise.resolve(fail('microphone_missing')), close: () => undefined } as never
const connected: MediaProbe = {
  ...fakeProbe,
  look: async () => Promise.resolve({ connected: true, protocols: ['udp'], jitterMs: 3 })
}

/** What is measured where the line tells these one after the other: the first at once. */
const measured = async (...told: readonly LineQuality[]) => {
  const { talk } = createChecks({
    bridge: { checkServer: async () => Promise.resolve(fail('disconnected')) },
    media: {
      microphoneTry,
      level: () => 0,
      onQuality: (listener) => {
        told.forEach((quality, at) => {
          if (at === 0) listener(quality)
          else setTimeout(() => listener(quality), at * 2_000)
        })
        return () => undefined
      }
    },
    probe: connected,
    talk: { open: async () => Promise.resolve(true), close: () => undefined, follow: () => undefined },
    directory: () => [],
    speaker: () => '',
    cancelsEcho: () => true
  })
  const found = talk(new AbortController().signal)
  await vi.advanceTimersByTimeAsync(11_000)
  return (await found)[0 as never] as { readonly is: string }
}

it('measures the way that is tried: neither the mark of the one before counts, nor one that is lost again', async () => {
  expect(await measured(lines.poor)).toMatchObject({ is: 'unmeasured' })
  expect(await measured(lines.poor, lines.good)).toMatchObject({ is: 'good' })
  expect(await measured(lines.good, lines.poor, lines.unknown)).toMatchObject({ is: 'unmeasured' })
})

it('begins anew after what it needs could not be fetched', async () => {
  const errors: unknown[] = []
  let tries = 0
  const run = createPreflight({
    bridge: {
      checkServer: async () => Promise.resolve(ok({ reached: null, refused: null })),
      dialCheck: async () => Promise.resolve(fail('disconnected')),
      hangUp: async () => Promise.resolve(ok({}))
    },
    media: {
      microphoneTry,
      level: () => 0,
      onQuality: () => () => undefined,
      probe: async () => {
        tries += 1
        return tries === 1 ? Promise.reject(new Error('not fetched')) : Promise.resolve(fakeProbe)
      }
    },
    onError: (error) => errors.push(error)
  })
  run.start()
  await vi.advanceTimersByTimeAsync(100)
  expect([run.now().state, errors, tries]).toEqual(['over', [new Error('not fetched')], 1])
  run.start()
  await vi.advanceTimersByTimeAsync(100)
  expect(tries).toBe(2)
  expect(run.now()).toMatchObject({ state: 'over', how: 'done', found: { server: { is: 'away' } } })
})
