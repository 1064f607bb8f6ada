// The store on the embedded database: the contract, the lock, and a process that is killed while it writes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../../common/log.ts'
import type { Clock } from '../../common/time.ts'
import { createClock } from '../../server/clock.ts'
import { createStore, type Store } from '../../server/store/index.ts'
import { FolderInUse } from '../../server/store/lock.ts'
import { describeBackEnds } from '../support/server/back-end-contract.ts'
import { describeContacts } from '../support/server/contacts-contract.ts'
import { describeHistory } from '../support/server/history-contract.ts'
import { describeQuality } from '../support/server/quality-contract.ts'
import { describeStore } from '../support/server/store-contract.ts'

const deps = { log: silentLogger, clock: createClock() }
const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-store-'))
  folders.push(folder)
  return folder
}
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

const openEmbedded = (clock: Clock): Promise<Store> =>
  createStore({ dataDir: newFolder(), databaseUrl: undefined }, { log: silentLogger, clock })
describeStore('the embedded database', openEmbedded)
describeHistory('the history in the embedded database', openEmbedded)
describeBackEnds('the embedded database', openEmbedded)
describeContacts('the embedded database', openEmbedded)
describeQuality('how talks were in the embedded database', openEmbedded)

describe('a process that writes to the embedded database', () => {
  const writer = path.join(import.meta.dirname, '../support/server/writer.ts')

  it('loses nothing it acked to kill -9, and leaves a folder that the next one takes over', async () => {
    const dataDir = newFolder()
    const acked: string[] = []
    const intrusions: Promise<unknown>[] = []
    const intruder = (error: unknown): unknown => error
    for (const prefix of ['a', 'b']) {
      const child = spawn(process.execPath, [writer, dataDir, prefix], { stdio: ['ignore', 'pipe', 'inherit'] })
      const gone = once(child, 'exit')
      const lines = createInterface({ input: child.stdout })
      let count = 0
      lines.on('line', (callId) => {
        acked.push(callId)
        count += 1
        if (count === 25) {
          // While it lives the folder is its own.
          intrusions.push(createStore({ dataDir, databaseUrl: undefined }, deps).then(() => null, intruder))
        }
        if (count === 60) child.kill('SIGKILL')
      })
      await Promise.all([gone, once(lines, 'close')])
    }
    expect(await Promise.all(intrusions)).toEqual([expect.any(FolderInUse), expect.any(FolderInUse)])
    expect(acked.length).toBeGreaterThanOrEqual(120)
    const store = await createStore({ dataDir, databaseUrl: undefined }, deps)
    try {
      const found = await Promise.all(acked.map((callId) => store.journal.findEnded(callId)))
      expect(acked.filter((_, index) => found[index] === null)).toEqual([])
      expect(await store.journal.findCreated('d', 'a0')).toBe('a0')
    } finally {
      await store.close()
    }
  })
})
