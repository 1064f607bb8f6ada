// The picture of a virtual desktop, taken again with each step of a call.
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepPicture } from '../../../scripts/support/picture.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tamas-picture-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('is taken once for a burst of steps of a call', async () => {
  const logs = path.join(folder, '101/logs')
  const take = vi.fn(() => Promise.resolve())
  const end = keepPicture([logs], take)
  appendFileSync(path.join(logs, 'calls.jsonl'), '{}\n')
  appendFileSync(path.join(logs, 'calls.jsonl'), '{}\n')
  await vi.waitFor(() => {
    expect(take).toHaveBeenCalledTimes(1)
  }, 5_000)
  end()
})
