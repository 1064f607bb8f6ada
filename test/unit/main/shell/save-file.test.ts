// Saving a file that a page has made: what the person is asked, what is written, and what is said where it fails.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import { silentLogger } from '../../../../common/log.ts'
import {
  createSaveFile,
  suggestedName,
  type SaveFileDeps,
  type SaveQuestion
} from '../../../../main/shell/save-file.ts'
import { writeAtomically } from '../../../../main/store/atomic-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'tamas-save-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const setUp = (
  answer: (question: SaveQuestion) => string | null | Promise<string | null>,
  deps: Partial<SaveFileDeps> = {}
) => {
  const asked: SaveQuestion[] = []
  const save = createSaveFile({
    ask: async (question) => {
      asked.push(question)
      return answer(question)
    },
    folder: () => folder,
    words: () => catalogue('en').shell,
    write: writeAtomically,
    log: silentLogger,
    ...deps
  })
  return { save, asked }
}
const table = { kind: 'csv', name: 'Recents.csv', text: '\ufeffنام,شماره\r\n' } as const

describe('saving a file', () => {
  it('suggests the name and its kind, writes where the person says, readable by them alone', async () => {
    const { save, asked } = setUp(() => path.join(folder, 'mine.csv'))
    expect(await save(table)).toEqual({ ok: true, value: { outcome: 'saved' } })
    expect(asked).toEqual([
      {
        title: 'Save as',
        defaultPath: path.join(folder, 'Recents.csv'),
        filters: [
          { name: 'Table (CSV)', extensions: ['csv'] },
          { name: 'All files', extensions: ['*'] }
        ]
      }
    ])
    expect(await readFile(path.join(folder, 'mine.csv'), 'utf8')).toBe(table.text)
    expect((await stat(path.join(folder, 'mine.csv'))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['mine.csv'])
  })

  it('replaces what was there, and closes it to others', async () => {
    const file = path.join(folder, 'old.csv')
    await writeFile(file, 'old', { mode: 0o644 })
    const { save } = setUp(() => file)
    await save(table)
    expect([await readFile(file, 'utf8'), (await stat(file)).mode & 0o777]).toEqual([table.text, 0o600])
  })

  it('begins the next time where the last one went', async () => {
    const { save, asked } = setUp(() => path.join(folder, 'below', 'a.csv'))
    await save(table)
    await save({ ...table, kind: 'vcard', name: 'Contacts' })
    expect(asked[1]?.defaultPath).toBe(path.join(folder, 'below', 'Contacts.vcf'))
  })

  it('writes nothing where it is given up', async () => {
    const { save } = setUp(() => null)
    expect(await save(table)).toEqual({ ok: true, value: { outcome: 'cancelled' } })
    expect(await readdir(folder)).toEqual([])
  })

  it('fails with a sentence of its own where the file can not be written, and leaves nothing', async () => {
    await writeFile(path.join(folder, 'a file'), '')
    const { save } = setUp(() => path.join(folder, 'a file', 'below.csv'))
    expect(await save(table)).toMatchObject({ ok: false, error: { code: 'file_not_saved' } })
    expect(await readdir(folder)).toEqual(['a file'])
    expect(catalogue('fa').errors.file_not_saved).not.toBe(catalogue('en').errors.file_not_saved)
  })

  it('asks once at a time', async () => {
    let say: (path: string | null) => void = () => undefined
    const { save, asked } = setUp(() => new Promise((resolve) => (say = resolve)))
    const first = save(table)
    expect(await save(table)).toEqual({ ok: true, value: { outcome: 'cancelled' } })
    expect(asked).toHaveLength(1)
    say(path.join(folder, 'a.csv'))
    expect(await first).toMatchObject({ value: { outcome: 'saved' } })
    const again = save(table)
    expect(asked).toHaveLength(2)
    say(null)
    await again
  })

  it('asks all the same where the system names no folder', async () => {
    const { save, asked } = setUp(() => null, {
      folder: () => {
        throw new Error('Failed to get path')
      }
    })
    await save(table)
    expect(asked[0]?.defaultPath).toBe('Recents.csv')
  })
})

describe('the suggested name', () => {
  it.each([
    ['Contacts', 'vcard', 'Contacts.vcf'],
    ['Contacts.VCF', 'vcard', 'Contacts.vcf'],
    ['../../etc/passwd', 'json', '-..-etc-passwd.json'],
    ['..', 'json', 'tamas.json'],
    ['a\u202ecsv.exe\n', 'csv', 'acsv.exe.csv'],
    ['تماس‌های اخیر', 'csv', 'تماس‌های اخیر.csv'],
    ['14:30 <x>', 'csv', '14-30 -x-.csv']
  ] as const)('of %j as %s is %j', (name, kind, expected) => {
    expect(suggestedName(name, kind)).toBe(expected)
  })
})
