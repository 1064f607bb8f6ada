// What a change of the sources means for what runs: only those are started anew whose code is another.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { builtCode, serverCode, whatToDo } from '../../../scripts/support/running.ts'

let root = ''
const write = (name: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
  writeFileSync(path.join(root, name), text)
}
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tamas-running-'))
  write('server/index.ts', "import { a } from '../common/a.ts'\nconsole.log(a)\n")
  write('common/a.ts', 'export const a: number = 1\n')
  write('common/b.ts', 'export const b = 1\n')
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

it('is the same server after a comment, and after a change of what it does not use', async () => {
  const before = await serverCode(root)
  write('common/a.ts', '// Why.\nexport const a: number = 1\n')
  write('common/b.ts', 'export const b = 2\n')
  expect(await serverCode(root)).toBe(before)
  write('common/a.ts', 'export const a: number = 2\n')
  expect(await serverCode(root)).not.toBe(before)
})

it('is no source map', () => {
  write('dist/main/index.cjs', '1')
  write('dist/renderer/index.html', '1')
  write('dist/renderer/assets/a.js', '1')
  const before = builtCode(root)
  write('dist/main/index.cjs.map', '2')
  write('dist/renderer/assets/a.js.map', '2')
  expect(builtCode(root)).toEqual(before)
  write('dist/main/index.cjs', '2')
  expect(builtCode(root)).toMatchObject({ pages: before.pages })
  expect(builtCode(root).phones).not.toBe(before.phones)
  write('dist/renderer/assets/a.js', '2')
  expect(builtCode(root).pages).not.toBe(before.pages)
})

it('reloads pages only where no phone is started anew', () => {
  const before = { server: 's', phones: 'p', pages: 'w' }
  expect(whatToDo(before, before)).toEqual({ server: false, phones: false, pages: false })
  expect(whatToDo(before, { ...before, server: 't' })).toEqual({ server: true, phones: false, pages: false })
  expect(whatToDo(before, { ...before, pages: 'x' })).toEqual({ server: false, phones: false, pages: true })
  expect(whatToDo(before, { ...before, phones: 'q', pages: 'x' })).toEqual({
    server: false,
    phones: true,
    pages: false
  })
})
