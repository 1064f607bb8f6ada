// The headsets that were given to the app: kept over a start, each once, and forgotten when that is wished.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { openHeadsets, type GivenHeadset } from '../../../../main/store/headsets.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tamas-headsets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const jabra: GivenHeadset = { vendorId: 0x0b0e, productId: 0x0307, serialNumber: 'A1' }
const poly: GivenHeadset = { vendorId: 0x047f, productId: 0xc053, serialNumber: '' }
const file = () => path.join(folder, 'headsets.json')
const open = () => openHeadsets({ file: file(), log: silentLogger })

it('are there again after a start, each once', async () => {
  const first = await open()
  for (const one of [jabra, poly, jabra]) first.add(one)
  await first.settled()
  expect((await open()).list()).toEqual([poly, jabra])
})

it('are gone once they are forgotten, and no other with them', async () => {
  const first = await open()
  for (const one of [jabra, poly]) first.add(one)
  first.remove({ ...jabra, serialNumber: 'B2' })
  first.remove(poly)
  await first.settled()
  expect((await open()).list()).toEqual([jabra])
})

it.each(['no JSON', '[{"vendorId": -1, "productId": 1, "serialNumber": ""}]', '{"all": true}'])(
  'are none where the file says %s, which is kept aside',
  async (text) => {
    writeFileSync(file(), text)
    expect((await open()).list()).toEqual([])
    expect(readFileSync(`${file()}.damaged`, 'utf8')).toBe(text)
  }
)
