// The mark of life in the data folder: what the next run reads of the one before.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { startAlive } from '../../../../server/store/alive.ts'
import { createFakeClock, start } from '../calls/fakes.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-alive-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('startAlive', () => {
  const file = () => path.join(folder, 'alive')

  it('knows nothing of a run before the first', async () => {
    const alive = await startAlive(file(), { clock: createFakeClock(), log: silentLogger })
    expect(alive.lastAt).toBeNull()
    await alive.stop()
  })

  it('tells the next run to within 5 s when one that was killed was alive', async () => {
    const clock = createFakeClock()
    const deps = { clock, log: silentLogger }
    await startAlive(file(), deps)
    await clock.advance(12_000)
    // The mark is written while the clock goes on.
    await expect.poll(() => statSync(file()).mtimeMs).toBe(start + 10_000)
    expect((await startAlive(file(), deps)).lastAt).toBe(start + 10_000)
  })

  it('marks the very end of one that ends in order', async () => {
    const clock = createFakeClock()
    const alive = await startAlive(file(), { clock, log: silentLogger })
    await clock.advance(3_000)
    await alive.stop()
    expect(clock.armed()).toBe(0)
    expect((await startAlive(file(), { clock, log: silentLogger })).lastAt).toBe(start + 3_000)
  })
})
