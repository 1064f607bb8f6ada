// When the build skips a part: only while every file is as it was.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint, readRecord } from '../../../scripts/support/fingerprint.ts'

let folder = ''
const write = (name: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
  writeFileSync(path.join(folder, name), text)
}
const print = (): string => fingerprint(folder, ['src/**/*', 'package.json'])

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-test-'))
  write('src/a.ts', 'a')
  write('src/deep/b.ts', 'b')
  write('package.json', '{}')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('fingerprint', () => {
  it('stays while nothing changes, whatever happens beside', () => {
    const before = print()
    write('other/c.ts', 'c')
    write('src/a.ts', 'a')
    expect(print()).toBe(before)
  })

  it.each([
    [
      'content',
      () => {
        write('src/deep/b.ts', 'B')
      }
    ],
    [
      'a new file',
      () => {
        write('src/c.ts', '')
      }
    ],
    [
      'a removed file',
      () => {
        rmSync(path.join(folder, 'src/a.ts'))
      }
    ],
    [
      'a name',
      () => {
        renameSync(path.join(folder, 'src/a.ts'), path.join(folder, 'src/z.ts'))
      }
    ],
    [
      'text moved from one file to the next',
      () => {
        write('src/a.ts', '')
        write('src/deep/b.ts', 'ab')
      }
    ],
    [
      'a single file that is named',
      () => {
        write('package.json', '{ }')
      }
    ]
  ])('changes with %s', (_what, change) => {
    const before = print()
    change()
    expect(print()).not.toBe(before)
  })

  it('does not count a file twice', () => {
    expect(fingerprint(folder, ['src/**/*', 'src/a.ts', 'package.json'])).toBe(print())
  })
})

describe('readRecord', () => {
  it('is empty where there is none or it is broken', () => {
    expect(readRecord(path.join(folder, 'none.json'))).toEqual({})
    write('bad.json', '{"main": ')
    expect(readRecord(path.join(folder, 'bad.json'))).toEqual({})
  })

  it('reads what was written', () => {
    write('good.json', '{"main":"1"}')
    expect(readRecord(path.join(folder, 'good.json'))).toEqual({ main: '1' })
  })
})
