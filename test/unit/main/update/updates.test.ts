// When updates are looked for, downloaded and put in place, with a fake engine: never in a call, and never twice at once.
import { beforeEach, expect, it } from 'vitest'
import { createEmitter } from '../../../../common/emitter.ts'
import { silentLogger } from '../../../../common/log.ts'
import type { CallView } from '../../../../common/snapshot.ts'
import type { Downloaded, UpdateEngine } from '../../../../main/update/engine.ts'
import { faultOf } from '../../../../main/update/engine.ts'
import { readFeed } from '../../../../main/update/feed.ts'
import { installationOf } from '../../../../main/update/installation.ts'
import { checkEveryMs, createUpdates, firstCheckMs } from '../../../../main/update/updates.ts'
import { createFakeClock, settle, talking } from '../shell/fixtures.ts'

const version = '1.2.0'
let did: string[] = []
let calls: readonly CallView[] = []
let finish: (got: Downloaded) => void = () => undefined
beforeEach(() => {
  did = []
  calls = []
})

const setUp = (check: UpdateEngine['check'] = () => Promise.resolve({ ok: true, version })) => {
  const clock = createFakeClock()
  const changed = createEmitter<undefined>(() => undefined)
  const engine: UpdateEngine = {
    check: () => {
      did.push('check')
      return check()
    },
    download: (onPercent, stop) => {
      did.push('download')
      stop.addEventListener('abort', () => did.push('stop'))
      onPercent(30)
      return new Promise((resolve) => {
        finish = resolve
      })
    },
    install: (start) => did.push(`install${start ? ' and start' : ''}`)
  }
  const updates = createUpdates({
    engine: () => Promise.resolve(engine),
    phone: { calls: () => calls, onChanged: (listener) => changed.on(listener) },
    quit: () => did.push('quit'),
    clock,
    log: silentLogger
  })
  const callsAre = async (now: readonly CallView[]) => {
    calls = now
    changed.emit(undefined)
    await settle()
  }
  const first = async () => {
    clock.advance(firstCheckMs)
    await settle()
  }
  return { updates, clock, callsAre, first }
}

it('looks a while after the start and every four hours, and downloads what it finds', async () => {
  const { updates, clock, first } = setUp(() => Promise.resolve({ ok: true, version: null }))
  await settle()
  expect(did).toEqual([])
  await first()
  expect(updates.state()).toEqual({ at: 'idle', current: true })
  clock.advance(checkEveryMs)
  await settle()
  expect(did).toEqual(['check', 'check'])
})

it('looks on when one is ready: another one takes its place, after a call; no answer takes nothing away', async () => {
  let found: Awaited<ReturnType<UpdateEngine['check']>> = { ok: true, version }
  const { updates, clock, first, callsAre } = setUp(() => Promise.resolve(found))
  await first()
  finish({ ok: true, way: { by: 'restart' } })
  await settle()
  const ready = { at: 'ready', version, way: { by: 'restart' } }
  const later = async () => {
    clock.advance(checkEveryMs)
    await settle()
  }
  for (const answer of [found, { ok: true, version: null }, { ok: false, fault: 'unreachable' }] as const) {
    found = answer
    await later()
    expect(updates.state()).toEqual(ready)
  }
  found = { ok: true, version: '1.3.0' }
  await callsAre([talking()])
  await later()
  expect(updates.state()).toEqual(ready)
  await callsAre([])
  await later()
  expect(updates.state()).toMatchObject({ at: 'downloading', version: '1.3.0' })
  finish({ ok: true, way: { by: 'restart' } })
  await settle()
  expect(updates.state()).toEqual({ ...ready, version: '1.3.0' })
  expect(did.filter((one) => one === 'download')).toHaveLength(2)
})

it('gives a download up for a call and begins anew after it; what comes of the first counts no more', async () => {
  const { updates, callsAre, first } = setUp()
  await first()
  expect(updates.state()).toEqual({ at: 'downloading', version, percent: 30 })
  const finishFirst = finish
  await callsAre([talking()])
  expect(updates.state()).toEqual({ at: 'available', version })
  await callsAre([])
  finishFirst({ ok: true, way: { by: 'restart' } })
  await settle()
  expect(updates.state().at).toBe('downloading')
  finish({ ok: true, way: { by: 'restart' } })
  await settle()
  expect(updates.state().at).toBe('ready')
  expect(did).toEqual(['check', 'download', 'stop', 'download'])
})

it('restarts only after the call, and not where the person would rather wait', async () => {
  const { updates, callsAre, first } = setUp()
  await first()
  finish({ ok: true, way: { by: 'restart' } })
  await settle()
  await callsAre([talking()])
  expect(updates.install().ok).toBe(true)
  expect(updates.state().at).toBe('waiting')
  expect(updates.notNow().ok).toBe(true)
  await callsAre([])
  expect(did).not.toContain('quit')
  await callsAre([talking()])
  updates.install()
  expect(did).not.toContain('quit')
  await callsAre([])
  expect(did.at(-1)).toBe('quit')
  updates.atTheEnd()
  expect(did.at(-1)).toBe('install and start')
})

it('is put in place when the app is quit, without starting it; where the system does it, never by the app', async () => {
  for (const [way, last] of [
    [{ by: 'restart' }, 'install'],
    [{ by: 'command', command: 'x' }, 'download']
  ] as const) {
    const { updates, first } = setUp()
    await first()
    finish({ ok: true, way })
    await settle()
    updates.atTheEnd()
    expect(did.at(-1)).toBe(last)
  }
})

it('says what was wrong, and looks again when asked or when it is time', async () => {
  const { updates, first } = setUp(() => Promise.resolve({ ok: false, fault: 'unreachable' }))
  await first()
  expect(updates.state()).toEqual({ at: 'failed', fault: 'unreachable' })
  expect(updates.check().ok).toBe(true)
  expect(updates.check().ok).toBe(false)
  await settle()
  expect(did).toEqual(['check', 'check'])
})

it('is off without an address, and nothing can be asked for', () => {
  const updates = createUpdates({
    engine: null,
    phone: { calls: () => calls, onChanged: () => () => undefined },
    quit: () => did.push('quit'),
    clock: createFakeClock(),
    log: silentLogger
  })
  expect(updates.state()).toEqual({ at: 'off' })
  expect([updates.check(), updates.install(), updates.notNow()].map(({ ok }) => ok)).toEqual([false, false, false])
})

it.each([
  ['ERR_CHECKSUM_MISMATCH', 'damaged'],
  ['ERR_UPDATER_INVALID_UPDATE_INFO', 'damaged'],
  ['ERR_UPDATER_NO_CHECKSUM', 'damaged'],
  ['ERR_UPDATER_CHANNEL_FILE_NOT_FOUND', 'unreachable'],
  ['ECONNREFUSED', 'unreachable'],
  ['ENOSPC', 'not_saved'],
  [undefined, 'unreachable']
])('%s is %s', (code, fault) => expect(faultOf({ code })).toBe(fault))

it.each([
  ['win32', undefined, '', 'nsis'],
  ['darwin', undefined, '', 'mac'],
  ['linux', '/home/a/Tamas.AppImage', '', 'AppImage'],
  ['linux', undefined, 'deb', 'deb'],
  ['linux', undefined, 'rpm', 'rpm'],
  ['linux', undefined, 'pacman', null],
  ['linux', undefined, '', null]
])('on %s, from the image %s, as the package %s it is %s', (platform, appImage, packageType, installation) =>
  expect(installationOf({ platform, appImage, packageType })).toBe(installation)
)

it.each([
  ['https://updates.example/tamas', 'https://updates.example/tamas/'],
  ['http://127.0.0.1:8000', 'http://127.0.0.1:8000/']
])('%s is an address for updates', (given, feed) => expect(readFeed(given)).toEqual({ ok: true, value: feed }))

it.each([
  'http://updates.example',
  'updates.example',
  'file:///srv',
  'https://x/?a=1',
  'https://u@x/',
  'https://x/#a',
  ''
])('%s is none', (given) => expect(readFeed(given).ok).toBe(false))
