// The model: one snapshot, patches that hold what changed, numbered without a gap.
import { expect, it } from 'vitest'
import { createNameBook, noNames } from '../../../common/contacts/names.ts'
import { createEmitter } from '../../../common/emitter.ts'
import { silentLogger } from '../../../common/log.ts'
import { defaultSettings, type Settings } from '../../../common/protocol/settings.ts'
import type { AccountState, AppSnapshot } from '../../../common/snapshot.ts'
import { createModel, type ModelChange } from '../../../main/model.ts'
import { noLists } from '../../../main/store/lists-cache.ts'
import { callView, reza, sara, snapshotOf } from './shell/fixtures.ts'

const setUp = () => {
  const part = () => createEmitter<undefined>(() => undefined)
  const parts = {
    session: part(),
    phone: part(),
    settings: createEmitter<Settings>(() => undefined),
    lists: part(),
    recents: part(),
    contacts: part(),
    links: part(),
    keys: part(),
    updates: part()
  }
  const now = { ...snapshotOf(), remembered: true, names: noNames }
  const model = createModel({
    version: '1',
    languages: ['fa-IR', 'en'],
    session: { account: () => now.account, link: () => now.link, onChanged: (l) => parts.session.on(l) },
    isRemembered: () => now.remembered,
    phone: {
      calls: () => now.calls,
      check: () => now.check,
      tone: () => now.tone,
      onChanged: (l) => parts.phone.on(l)
    },
    settings: { get: () => now.settings, onChanged: parts.settings.on },
    lists: {
      get: () => noLists,
      availability: () => null,
      onChanged: (l) => parts.lists.on(l)
    },
    recents: { newest: () => now.recents, missed: () => now.missed, onChanged: (l) => parts.recents.on(l) },
    contacts: { rev: () => now.contactsRev, names: () => now.names, onChanged: (l) => parts.contacts.on(l) },
    links: { question: () => now.question, onChanged: (l) => parts.links.on(l) },
    keys: { refused: () => now.refusedKeys, onChanged: (l) => parts.keys.on(l) },
    updates: { state: () => now.update, onChanged: (l) => parts.updates.on(l) },
    clock: { now: () => 5 },
    log: silentLogger
  })
  const heard: ModelChange[] = []
  model.onChanged((change) => heard.push(change))
  return { model, now, parts, heard }
}

it('sends the slices that are others, and nothing where none is', () => {
  const { model, now, parts, heard } = setUp()
  expect(model.load()).toMatchObject({ rev: 0, snapshot: { locale: 'fa', calls: [] } })
  parts.phone.emit(undefined)
  expect(heard).toEqual([])
  now.calls = [callView()]
  now.tone = 'ringing'
  parts.phone.emit(undefined)
  expect(heard.map(({ patch }) => patch)).toEqual([{ rev: 1, now: 5, changed: { calls: now.calls, tone: 'ringing' } }])
  now.settings = { ...defaultSettings, language: 'en' }
  parts.settings.emit(now.settings)
  expect(heard[1]?.patch).toEqual({ rev: 2, now: 5, changed: { locale: 'en', settings: now.settings } })
  expect(model.load().rev).toBe(2)
})

it('patches applied in order give the whole', () => {
  const { model, now, parts, heard } = setUp()
  let copy: AppSnapshot = model.load().snapshot
  now.missed = 3
  parts.lists.emit(undefined)
  now.link = { state: 'connected' }
  parts.session.emit(undefined)
  for (const { patch } of heard) copy = { ...copy, ...patch.changed }
  expect(copy).toEqual(model.snapshot())
})

it('a change that a listener causes comes after, with the next number, to every listener', () => {
  const { model, now, parts, heard } = setUp()
  model.onChanged(({ snapshot }) => {
    if (snapshot.tone !== 'ringing') return
    now.tone = 'none'
    parts.phone.emit(undefined)
  })
  const last: number[] = []
  model.onChanged(({ patch }) => last.push(patch.rev))
  now.tone = 'ringing'
  parts.phone.emit(undefined)
  expect(heard.map(({ patch }) => patch.rev)).toEqual([1, 2])
  expect(last).toEqual([1, 2])
})

it('shows everybody under the name that the own contacts have for them, and tells it where that changes', () => {
  const { model, now, parts, heard } = setUp()
  now.calls = [callView()]
  parts.phone.emit(undefined)
  const contact = { id: 'c1', company: '', numbers: [{ label: 'work' as const, value: '۱۰۲' }], emails: [], note: '' }
  now.names = createNameBook([{ ...contact, name: 'My brother' }])
  now.contactsRev = 1
  parts.contacts.emit(undefined)
  const named = callView({ peer: { ...reza, names: { en: 'My brother', fa: 'My brother' } } })
  expect(heard[1]?.patch.changed).toEqual({ calls: [named], contactsRev: 1 })
  // The same call is the same value still, in a list with another one too.
  const [shown] = model.snapshot().calls
  now.calls = [...now.calls, callView({ session: 's2', peer: sara })]
  parts.phone.emit(undefined)
  expect(model.snapshot().calls[0]).toBe(shown)
  expect(model.snapshot().calls[1]).toBe(now.calls[1])
  parts.phone.emit(undefined)
  expect(heard).toHaveLength(3)
})

it('shows whether the sign-in is remembered as it is now, without a change where there is none', () => {
  const { model, now, parts, heard } = setUp()
  parts.session.emit(undefined)
  expect(heard).toEqual([])
  now.remembered = false
  model.refresh()
  expect(heard.map(({ patch }) => patch.changed)).toEqual([
    { account: { ...(now.account as AccountState & { state: 'signedIn' }), remembered: false } }
  ])
  model.refresh()
  expect(heard).toHaveLength(1)
})
