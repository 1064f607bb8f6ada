// The file that records wait in: order, torn lines, large contents.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSpill, type Spill } from '../../../../server/store/spill.ts'
import type { CallRecord } from '../../../../server/ports.ts'

let file = ''
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-spill-'))
  file = path.join(folder, 'waiting.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const record = (callId: string, filler = ''): CallRecord => ({
  callId,
  applicationId: 'a',
  seq: 1,
  status: 'trying',
  callerId: 'u1',
  receptorId: 'u2',
  createdAt: 1,
  startedAt: null,
  talkMs: 0,
  end: null,
  legs: [],
  event: { at: 1, kind: 'created', data: { filler } },
  state: null
})

const readAll = async (spill: Spill): Promise<string[]> => {
  const ids: string[] = []
  for (let start = 0; start < spill.size();) {
    const chunk = await spill.read(start)
    expect(chunk.end).toBeGreaterThan(start)
    ids.push(...chunk.commits.flat().map(({ callId }) => callId))
    start = chunk.end
  }
  return ids
}

describe('openSpill', () => {
  it('keeps commits in order, over a restart too, readable by its owner only', async () => {
    const first = await openSpill(file)
    expect(first.size()).toBe(0)
    await first.append([[record('1'), record('2')], [record('3')]])
    await first.append([[record('4')]])
    await first.close()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const second = await openSpill(file)
    expect(await readAll(second)).toEqual(['1', '2', '3', '4'])
    await second.clear()
    expect(second.size()).toBe(0)
    expect(await readAll(second)).toEqual([])
    await second.append([[record('5')]])
    expect(await readAll(second)).toEqual(['5'])
    await second.close()
  })

  it('cuts off a line that was being written when the process died', async () => {
    const first = await openSpill(file)
    await first.append([[record('1')]])
    await first.close()
    appendFileSync(file, '[{"callId":"2"')
    const second = await openSpill(file)
    expect(await readAll(second)).toEqual(['1'])
    await second.append([[record('3')]])
    expect(await readAll(second)).toEqual(['1', '3'])
    await second.close()
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3)
  })

  it('names a line that it cannot read and goes on', async () => {
    const first = await openSpill(file)
    await first.append([[record('1')]])
    await first.close()
    appendFileSync(file, 'rubbish\n')
    const second = await openSpill(file)
    await second.append([[record('2')]])
    const chunk = await second.read(0)
    expect(chunk.unreadable).toEqual(['rubbish'])
    expect(chunk.commits.flat().map(({ callId }) => callId)).toEqual(['1', '2'])
    await second.close()
  })

  it('reads what is longer than a chunk, in lines and in all', async () => {
    const spill = await openSpill(file)
    await spill.append([[record('1', 'x'.repeat(2_500_000))], [record('2', 'پ'.repeat(600_000))], [record('3')]])
    expect(await readAll(spill)).toEqual(['1', '2', '3'])
    await spill.close()
  })
})
