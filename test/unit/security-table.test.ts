// Electron's checklist in docs/security.md: all twenty points are there, what is named as their tests exists, and the sources
// have none of the switches that would undo one of them.
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../scripts/support/run.ts'

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const rows = read('docs/security.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, number = '']) => /^\d+$/.test(number))

it('has each of the twenty points once, in order', () => {
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
})

it.each(rows.map((cells) => [cells[2] ?? '', cells[3] ?? '', cells[4] ?? '']))(
  '%s: is tried by a test that exists, or says why not',
  (_point, how, tried) => {
    if (tried === 'reason') {
      expect(how).toContain('Reason: ')
      return
    }
    const [, file = '', title = ''] = /^`([^`]+)` "([^"]+)"$/.exec(tried) ?? []
    expect(existsSync(path.join(root, file)), tried).toBe(true)
    expect(read(file)).toContain(`'${title}'`)
  }
)

const sources = ['main', 'preload', 'renderer', 'common'].flatMap((folder) =>
  globSync(`${folder}/**/*.{ts,svelte,html}`, { cwd: root })
)

it('no source turns a guard off', () => {
  const never =
    /openExternal|openPath|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|<webview|allowpopups|webviewTag: true|webSecurity: false|sandbox: false|contextIsolation: false|nodeIntegration\w*: true|setCertificateVerifyProc|certificate-error|ignore-certificate|rejectUnauthorized|@html/
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.flatMap((file) => never.exec(read(file))?.map((found) => `${file}: ${found}`) ?? [])).toEqual([])
})

it('every window is made by the one place that makes them safe', () => {
  const makers = sources.filter((file) => /new (BrowserWindow|BrowserView|WebContentsView)\(/.test(read(file)))
  expect(makers.length).toBeGreaterThan(0)
  for (const file of makers) expect(read(file), file).toContain('webPreferences: safePreferences(')
  const preferences = read('main/shell/pages.ts')
  for (const guard of ['sandbox: true', 'contextIsolation: true', 'webSecurity: true', 'webviewTag: false']) {
    expect(preferences).toContain(guard)
  }
})
