// The list of packages in the app: found from the files of a bundle, with their licences, and read by main.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLogger } from '../../../common/log.ts'
import { createAbout } from '../../../main/about.ts'
import { packageFolder, packagesOf, writePackages } from '../../../scripts/support/packages.ts'

let root = ''
const put = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}
const add = (folder: string, manifest: object, licence?: string): void => {
  put(`${folder}/package.json`, JSON.stringify(manifest))
  if (licence !== undefined) put(`${folder}/LICENSE.md`, licence)
}
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'tamas-packages-'))
  add('node_modules/zod', { name: 'zod', version: '4.0.0', license: 'MIT' }, 'MIT License\n')
  add('node_modules/@scope/one', { name: '@scope/one', version: '1.0.0', license: 'ISC' })
  add('node_modules/zod/node_modules/inner', { name: 'inner', version: '2.0.0', license: 'MIT' }, 'inner')
  add('node_modules/electron', { name: 'electron', version: '45.4.1', license: 'MIT' }, 'MIT')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

it.each([
  ['node_modules/zod/v4/index.js', 'node_modules/zod'],
  ['/a/node_modules/@scope/one/x/y.js', '/a/node_modules/@scope/one'],
  ['node_modules/zod/node_modules/inner/a.js', 'node_modules/zod/node_modules/inner'],
  ['\0/a/node_modules/zod/a.js?commonjs', '/a/node_modules/zod'],
  ['main/index.ts', null],
  ['\0vite/preload-helper.js', null]
])('%j belongs to %j', (file, folder) => {
  expect(packageFolder(file)).toBe(folder)
})

it('each package is there once, with its licence, whatever the number of its files', () => {
  const files = ['main/index.ts', 'node_modules/zod/a.js', 'node_modules/zod/b.js', 'node_modules/@scope/one/c.js']
  expect(packagesOf(root, [...files, 'node_modules/zod/node_modules/inner/d.js', 'node_modules/gone/e.js'])).toEqual([
    { name: '@scope/one', version: '1.0.0', licence: 'ISC', text: '' },
    { name: 'inner', version: '2.0.0', licence: 'MIT', text: 'inner' },
    { name: 'zod', version: '4.0.0', licence: 'MIT', text: 'MIT License' }
  ])
})

const aboutWith = (electron: string) =>
  createAbout({
    inRoot: (...parts) => path.join(root, ...parts),
    userData: '/data',
    versions: { electron, chrome: '140', node: '24' },
    log: silentLogger
  })

it('main names the packages of both bundles, and says where it runs on another Electron', async () => {
  put('dist/main/x', '')
  put('dist/renderer/x', '')
  writePackages(path.join(root, 'dist/main/packages.json'), root, ['node_modules/zod/a.js', 'node_modules/electron/'])
  writePackages(path.join(root, 'dist/renderer/packages.json'), root, ['node_modules/zod/a.js'])
  expect((await aboutWith('45.0.0').packages()).map(({ name }) => name)).toEqual(['electron', 'zod'])
  expect(await aboutWith('45.0.0').facts()).toEqual({
    electron: '45.0.0',
    chrome: '140',
    node: '24',
    standIn: false,
    logs: '/data/logs'
  })
  expect((await aboutWith('25.1.1').facts()).standIn).toBe(true)
})

it('without lists, or with damaged ones, nothing is claimed', async () => {
  expect(await aboutWith('25.1.1').packages()).toEqual([])
  put('dist/main/packages.json', '{"packages":')
  expect((await aboutWith('25.1.1').facts()).standIn).toBe(false)
})
