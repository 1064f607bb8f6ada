// The logs in one file: all of them, the oldest first, bounded, without tokens, and without people unless they are wanted.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { FileToSave } from '../../../../common/ipc.ts'
import { silentLogger } from '../../../../common/log.ts'
import { ok } from '../../../../common/result.ts'
import { createExportLogs, type ExportLogsDeps } from '../../../../main/diagnostics/export-logs.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-logs-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text)
const token = 'dGhpcyBpcyBhIHRva2VuIG9mIDMyIGJ5dGVzLCB5ZXM'
const run = async (
  people: boolean,
  crashes: readonly string[] = []
): Promise<{ answer: unknown; saved: readonly FileToSave[] }> => {
  const saved: FileToSave[] = []
  const save = vi.fn<ExportLogsDeps['save']>(async (file) => {
    saved.push(file)
    return Promise.resolve(ok({ outcome: 'saved' } as const))
  })
  const about = async () => Promise.resolve('tamas 0.1.0')
  const exportLogs = createExportLogs({
    folder,
    people: async () => Promise.resolve([['101', 'Sara Ahmadi']]),
    about,
    crashes: () => crashes,
    save,
    log: silentLogger
  })
  return { answer: await exportLogs({ people }), saved }
}

it('holds every log, the oldest first, and says what app wrote them', async () => {
  write('main.log', 'new line\n')
  write('main.old.log', 'old line\n')
  write('calls.jsonl', '{"peer":"101"}\n')
  const { saved } = await run(true)
  expect(saved).toEqual([
    {
      kind: 'log',
      name: 'tamas.log',
      text: 'tamas 0.1.0\n\n── main.old.log\nold line\n\n── main.log\nnew line\n\n── calls.jsonl\n{"peer":"101"}\n\n'
    }
  ])
})

it.each([true, false])('has no token in it, and people (%s) as they were asked for', async (people) => {
  write('main.log', `2026 warn odd error="Bearer ${token}" to=101\n`)
  write('calls.jsonl', `{"peer":"101","name":"Sara Ahmadi","token":"${token}"}\n`)
  const { saved } = await run(people)
  const text = saved[0]?.text ?? ''
  expect(text).not.toContain(token.slice(4, 20))
  expect(text.includes('Sara Ahmadi')).toBe(people)
  expect(text.includes('to=101')).toBe(people)
  expect(text.includes('to=person-1')).toBe(!people)
})

it('holds what is noted of crashes', async () => {
  write('main.log', 'new line\n')
  expect((await run(true, ['what page\nreason crashed\n'])).saved[0]?.text).toContain(
    '── crashes\nwhat page\nreason crashed\n\n── main.log'
  )
})

it('has the newest of a log that is too long, from the beginning of a line', async () => {
  const line = `${'x '.repeat(500)}\n`
  write('main.log', `first ${line}${line.repeat(2_200)}last\n`)
  const text = (await run(true)).saved[0]?.text ?? ''
  expect(text.length).toBeLessThan(2.1 * 1024 * 1024)
  expect(text).not.toContain('first')
  expect(text).toContain('── main.log\nx x')
  expect(text.trimEnd().endsWith('last')).toBe(true)
})

it('is not asked for where there is nothing', async () => {
  const { answer, saved } = await run(true)
  expect(answer).toMatchObject({ error: { code: 'not_found' } })
  expect(saved).toEqual([])
})
