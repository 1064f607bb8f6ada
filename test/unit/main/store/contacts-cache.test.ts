// The file of own contacts: whose they are, and what becomes of one that cannot be understood.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { createContactsCache, emptyBook } from '../../../../main/store/contacts-cache.ts'
import { account, bookOf, contact } from './contacts-world.ts'
describe('the file of contacts', () => {
  const open = () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'contacts-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = path.join(folder, 'contacts.json')
    return { file, cache: () => createContactsCache({ file, log: silentLogger }) }
  }

  it('gives an account back what was kept for it, and another one nothing', async () => {
    const { file, cache } = open()
    const first = cache()
    for (let revision = 1; revision <= 5; revision += 1) first.save(account, bookOf(revision, contact('1')))
    await first.settled()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await cache().load(account)).toEqual(bookOf(5, contact('1')))
    expect(await cache().load('https://a 102')).toEqual(emptyBook)
    const second = cache()
    second.save(null, emptyBook)
    await second.settled()
    expect(readFileSync(file, 'utf8')).not.toContain('Person')
    expect(await cache().load(account)).toEqual(emptyBook)
  })

  it('is put aside where it cannot be understood', async () => {
    const { file, cache } = open()
    writeFileSync(file, '{"account":1}')
    expect(await cache().load(account)).toEqual(emptyBook)
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe('{"account":1}')
  })
})
