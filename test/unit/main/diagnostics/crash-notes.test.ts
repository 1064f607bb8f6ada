// What stopped unexpectedly: kept without secrets, the newest ten, told once; native dumps are taken in and kept few.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { minuteMs } from '../../../../common/time.ts'
import { createCrashNotes, type CrashKind } from '../../../../main/diagnostics/crash-notes.ts'

let root = ''
let now = 0
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'tamas-crashes-'))
  now = 1_790_000_000_000
})
afterEach(() => rmSync(root, { recursive: true }))

const folder = () => path.join(root, 'crashes')
const start = () =>
  createCrashNotes({ folder: folder(), about: 'tamas 0.1.0 electron=25', wallTime: () => now, log: silentLogger })
const files = () => readdirSync(folder()).filter((name) => name.endsWith('.txt'))

it('a note says what app it was, when, what and where from, and holds no token', () => {
  const token = 'dGhpcyBpcyBhIHRva2VuIG9mIDMyIGJ5dGVzLCB5ZXM'
  const notes = start()
  notes.add({ what: 'fault', reason: 'uncaught', stack: `Error: Bearer ${token}\n    at run (main/index.ts:1:2)` })
  expect(notes.read()).toEqual([
    'tamas 0.1.0 electron=25\ntime 2026-09-21T14:13:20.000Z\nwhat fault\nreason uncaught\n' +
      'Error: Bearer <secret>\n    at run (main/index.ts:1:2)\n'
  ])
})

it('the last ten are kept', () => {
  const notes = start()
  for (let count = 0; count < 13; count += 1) {
    notes.add({ what: 'process', reason: `number ${String(count)}` })
    now += minuteMs
  }
  expect(files()).toHaveLength(10)
  expect(notes.read()[0]).toContain('number 3\n')
  expect(notes.read().at(-1)).toContain('number 12\n')
})

it('what fails again and again leaves the earlier notes alone', () => {
  const notes = start()
  for (let count = 0; count < 50; count += 1) {
    notes.add({ what: 'fault', reason: 'unhandled' })
    now += 10
  }
  expect(files()).toHaveLength(3)
})

it('a clock that was set back keeps no note away', () => {
  const notes = start()
  for (let count = 0; count < 3; count += 1) {
    notes.add({ what: 'fault', reason: 'unhandled' })
    now += 10
  }
  now -= 210 * minuteMs
  notes.add({ what: 'app', reason: 'could not start' })
  expect(files()).toHaveLength(4)
})

describe('what is told', () => {
  it.each<[CrashKind, boolean]>([
    ['app', true],
    ['page', true],
    ['fault', false],
    ['process', false]
  ])('%s: %s, once, at the next start too', (what, isTold) => {
    start().add({ what, reason: 'crashed' })
    expect(start().tell()).toEqual(isTold ? { at: now, what } : null)
    expect(start().tell()).toBeNull()
  })

  it('is the newest, and there is a next time', () => {
    const notes = start()
    expect(notes.tell()).toBeNull()
    notes.add({ what: 'app', reason: 'could not start' })
    now += 5
    notes.add({ what: 'page', reason: 'crashed' })
    expect(notes.tell()).toEqual({ at: now, what: 'page' })
    now += 5
    notes.add({ what: 'page', reason: 'crashed' })
    expect(notes.tell()).toEqual({ at: now, what: 'page' })
  })
})

describe('native dumps', () => {
  const dump = (name: string, at: number) => {
    const file = path.join(root, 'Crashpad', 'completed', name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, 'MDMP')
    utimesSync(file, at / 1000, at / 1000)
    return file
  }
  const adopt = () => start().adoptDumps(path.join(root, 'Crashpad'))

  it('of the app itself are told at the next start, once', () => {
    dump('a.dmp', now)
    adopt()
    expect(start().tell()).toEqual({ at: now, what: 'app' })
    adopt()
    expect(start().tell()).toBeNull()
    expect(files()).toHaveLength(1)
  })

  it('of what a note tells already are no other crash', () => {
    start().add({ what: 'page', reason: 'crashed' })
    dump('a.dmp', now + 900)
    adopt()
    expect(files()).toHaveLength(1)
  })

  it('are ten at most; where there are none, nothing is', () => {
    adopt()
    expect(existsSync(folder())).toBe(false)
    const made = Array.from({ length: 12 }, (_, index) => dump(`${String(index)}.dmp`, now + index * minuteMs))
    adopt()
    expect(made.map((file) => existsSync(file))).toEqual([false, false, ...made.slice(2).map(() => true)])
  })
})

it('a disk that takes nothing costs the note alone', () => {
  writeFileSync(folder(), 'not a folder')
  const notes = start()
  notes.add({ what: 'app', reason: 'could not start' })
  expect([notes.read(), notes.tell()]).toEqual([[], null])
})
