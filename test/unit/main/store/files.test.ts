// The stores on a real disk: atomic, private, and never lost to one bad byte.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DelegateEvent } from '../../../../common/delegate.ts'
import { silentLogger } from '../../../../common/log.ts'
import { defaultSettings } from '../../../../common/protocol/settings.ts'
import { createCallLog } from '../../../../main/store/call-log.ts'
import { createJsonFile } from '../../../../main/store/json-file.ts'
import { openSettings } from '../../../../main/store/settings.ts'
import { createSignInStore, type Keyring } from '../../../../main/store/sign-in.ts'
import { sara } from '../shell/fixtures.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'store-'))
  file = path.join(folder, 'deep', 'file.json')
})
afterEach(() => rmSync(folder, { recursive: true }))
const log = silentLogger

describe('a JSON file', () => {
  const open = () =>
    createJsonFile<{ n: number }>({
      file,
      parse: (stored) => {
        if (typeof stored === 'object' && stored !== null && 'n' in stored && typeof stored.n === 'number') {
          return { n: stored.n }
        }
        throw new Error('not it')
      },
      fallback: { n: 0 },
      log
    })

  it.each(['', '{', '{"n":"x"}', 'null'])('that holds %j is kept aside, and the fallback used', async (text) => {
    await open().save({ n: 1 })
    writeFileSync(file, text)
    expect(await open().load()).toEqual({ n: 0 })
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text)
    await open().save({ n: 2 })
    expect(await open().load()).toEqual({ n: 2 })
  })

  it('is written whole, for this user alone, and leaves nothing beside it', async () => {
    const stored = open()
    expect(await stored.load()).toEqual({ n: 0 })
    await Promise.all([1, 2, 3].map((n) => stored.save({ n })))
    expect(await open().load()).toEqual({ n: 3 })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(path.dirname(file))).toEqual(['file.json'])
  })

  it('clears away what a crash in the middle of writing left, and nothing else', async () => {
    await open().save({ n: 1 })
    const beside = (name: string): string => path.join(path.dirname(file), name)
    const id = 'b3b7a6de-3f0e-4c43-9d5a-2f6f2f1d7a10'
    writeFileSync(beside(`file.json.${id}.tmp`), '{')
    writeFileSync(beside(`other.json.${id}.tmp`), '{')
    writeFileSync(beside('file.json.tmp'), '{')
    const stored = open()
    expect(await stored.load()).toEqual({ n: 1 })
    await stored.save({ n: 2 })
    expect(readdirSync(path.dirname(file)).sort()).toEqual(['file.json', 'file.json.tmp', `other.json.${id}.tmp`])
    expect(await open().load()).toEqual({ n: 2 })
  })

  it('says so where it cannot be saved, and the next save is tried again', async () => {
    writeFileSync(path.join(folder, 'deep'), 'in the way')
    const stored = open()
    expect(await stored.save({ n: 1 })).toMatchObject({ ok: false, error: { code: 'storage_failed' } })
    rmSync(path.join(folder, 'deep'))
    expect(await stored.save({ n: 2 })).toMatchObject({ ok: true })
  })
})

describe('settings', () => {
  it.each(['garbage', '[1]', 'null'])('that read %j are the defaults, and the person is told once', async (text) => {
    await (await openSettings({ file, log })).change({ language: 'fa' })
    expect((await openSettings({ file, log })).tellDamage()).toBe(false)
    writeFileSync(file, text)
    const store = await openSettings({ file, log })
    expect(store.get()).toEqual(defaultSettings)
    expect([store.tellDamage(), store.tellDamage()]).toEqual([true, false])
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text)
    expect((await openSettings({ file, log })).tellDamage()).toBe(false)
  })
  it('come back after a restart, a wrong field as its default and no other harmed', async () => {
    const store = await openSettings({ file, log })
    expect(store.get()).toEqual(defaultSettings)
    const heard: unknown[] = []
    store.onChanged((settings) => heard.push(settings.language))
    await store.change({ language: 'fa', ringVolume: 0.5 })
    expect(heard).toEqual(['fa'])
    writeFileSync(file, readFileSync(file, 'utf8').replace('0.5', '"loud"'))
    const again = await openSettings({ file, log })
    expect(again.get()).toEqual({ ...defaultSettings, language: 'fa' })
  })

  it('hold even where they cannot be saved', async () => {
    writeFileSync(path.join(folder, 'deep'), 'in the way')
    const store = await openSettings({ file, log })
    expect(await store.change({ theme: 'dark' })).toMatchObject({ ok: false })
    expect(store.get().theme).toBe('dark')
  })

  it('take a field that is there and undefined for no change', async () => {
    const store = await openSettings({ file, log })
    await store.change({ language: undefined, theme: 'dark' })
    expect(store.get()).toEqual({ ...defaultSettings, theme: 'dark' })
  })
})

/** Stands in for the system's keyring: reversible, and visibly not the text itself. */
const createFakeKeyring = (isReal: boolean): Keyring => ({
  isReal: () => isReal,
  encrypt: (text) => Buffer.from([...Buffer.from(text)].reverse()),
  decrypt: (data) => Buffer.from([...data].reverse()).toString()
})

describe('the sign-in', () => {
  const signIn = { server: 'https://example.org', user: sara, deviceId: 'device-1', refreshToken: 'top-secret-token' }
  const open = (isReal: boolean, mayUseFile = false) =>
    createSignInStore({
      file,
      keyring: createFakeKeyring(isReal),
      mayUseFile: () => mayUseFile,
      presetServer: 'http://preset',
      log
    })

  it('is never on the disk without a keyring, unless the person agreed', async () => {
    const store = open(false)
    expect(await store.save(signIn)).toEqual({ remembered: false })
    expect(readFileSync(file, 'utf8')).not.toContain(signIn.refreshToken)
    expect(await open(false).load()).toBeNull()
    // Nobody has to type again who they are.
    expect(await open(false).last()).toEqual({ lastServer: signIn.server, lastUsername: '101' })
  })

  it('is on the disk only encrypted where there is a keyring', async () => {
    expect(await open(true).save(signIn)).toEqual({ remembered: true })
    expect(readFileSync(file, 'utf8')).not.toContain(signIn.refreshToken)
    expect(await open(true).load()).toMatchObject({ refreshToken: signIn.refreshToken, deviceId: 'device-1' })
  })

  it('is in a private file where the person agreed, and leaves it when they change their mind', async () => {
    let mayUseFile = true
    const store = createSignInStore({
      file,
      keyring: createFakeKeyring(false),
      mayUseFile: () => mayUseFile,
      presetServer: '',
      log
    })
    expect(await store.save(signIn)).toEqual({ remembered: true })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await open(false).load()).toMatchObject({ refreshToken: signIn.refreshToken })
    mayUseFile = false
    await store.keepAgain()
    expect(store.remembered()).toBe(false)
    expect(readFileSync(file, 'utf8')).not.toContain(signIn.refreshToken)
  })

  it('is gone after signing out; device id and server stay', async () => {
    const store = open(true)
    expect(await store.last()).toEqual({ lastServer: 'http://preset', lastUsername: '' })
    await store.save(signIn)
    await store.forget('signedOut')
    const again = open(true)
    expect(await again.load()).toBeNull()
    expect(await again.last()).toEqual({ lastServer: 'https://example.org', lastUsername: '' })
    expect(await again.deviceIdFor('https://example.org', '101')).toBe('device-1')
    expect(await again.deviceIdFor('https://example.org', '102')).toBeNull()
    expect(await again.deviceIdFor('https://other.org', '101')).toBeNull()
  })

  it('is gone where the server refuses it, and who it was is still named', async () => {
    const store = open(true)
    await store.save(signIn)
    await store.forget('refused')
    const again = open(true)
    expect(await again.load()).toBeNull()
    expect(again.remembered()).toBe(false)
    expect(await again.last()).toEqual({ lastServer: 'https://example.org', lastUsername: '101' })
  })

  it('is not remembered where the file cannot be written, or the keyring refuses', async () => {
    const refusing: Keyring = {
      ...createFakeKeyring(true),
      encrypt: () => {
        throw new Error('locked')
      }
    }
    const store = createSignInStore({ file, keyring: refusing, mayUseFile: () => false, presetServer: '', log })
    expect(await store.save(signIn)).toEqual({ remembered: false })
    rmSync(path.join(folder, 'deep'), { recursive: true })
    writeFileSync(path.join(folder, 'deep'), 'in the way')
    expect(await open(true).save(signIn)).toEqual({ remembered: false })
  })

  it('that can no longer be decrypted means a new sign-in', async () => {
    await open(true).save(signIn)
    const other: Keyring = { ...createFakeKeyring(true), decrypt: () => 'rubbish' }
    const store = createSignInStore({ file, keyring: other, mayUseFile: () => false, presetServer: '', log })
    expect(await store.load()).toBeNull()
  })
})

it('the call log has one line for each event, and a bounded size', async () => {
  const logFile = path.join(folder, 'logs', 'calls.jsonl')
  const callLog = createCallLog({ file: logFile, log })
  const call = { session: 's', callId: 'n.1', direction: 'inbound', peer: sara, status: 'finished' } as const
  const events: DelegateEvent[] = [
    { kind: 'onCallStateChanged', state: 'finished', isLocalChange: true, call },
    { kind: 'onCallFinished', reason: 'rejected', end: { reason: 'rejected', by: 'receptor', at: 1 }, call },
    { kind: 'onMediaStateChanged', role: 'caller', oldState: 'connected', newState: 'disconnected', call }
  ]
  events.forEach((event, at) => callLog.add(at, event))
  await callLog.settled()
  const about = { session: 's', callId: 'n.1', direction: 'inbound', peer: '101' }
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { at: 0, kind: 'onCallStateChanged', state: 'finished', isLocalChange: true, ...about },
    { at: 1, kind: 'onCallFinished', reason: 'rejected', by: 'receptor', ...about },
    { at: 2, kind: 'onMediaStateChanged', role: 'caller', oldState: 'connected', newState: 'disconnected', ...about }
  ])
  writeFileSync(logFile, 'x'.repeat(1024 * 1024))
  callLog.add(3, events[0] as DelegateEvent)
  await callLog.settled()
  expect(statSync(logFile).size).toBeLessThan(1_000)
  expect(statSync(`${logFile}.1`).size).toBe(1024 * 1024)
})
