// The folder .tamas/: one script at a time, and a sentence for what is in its way.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeFolder, takeHome } from '../../../scripts/support/home.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tamas-home-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('is one script’s at a time', async () => {
  const home = path.join(folder, '.tamas')
  const mine = await takeHome(home)
  await expect(takeHome(home)).rejects.toThrow('npm start (or npm run dev) already runs here; end it with Ctrl-C.')
  mine.release()
  const next = await takeHome(home)
  next.release()
})

it('says that a file is in its place', async () => {
  const file = path.join(folder, '.tamas')
  writeFileSync(file, '')
  await expect(takeHome(file)).rejects.toThrow(`The folder ${file} cannot be made: there is a file in its place.`)
  expect(() => {
    makeFolder(path.join(file, 'demo'))
  }).toThrow('there is a file in its place')
})
