// What becomes of an update: the whole table of states and events, and the rules that must hold after any of them.
import { expect, it } from 'vitest'
import type { UpdateState } from '../../../../common/updates.ts'
import { step, type UpdateEvent } from '../../../../main/update/machine.ts'

const version = '1.2.0'
const newer = '1.3.0'
const restart = { by: 'restart' } as const
const command = { by: 'command', command: 'sudo apt install x.deb' } as const
const states: readonly UpdateState[] = [
  { at: 'off' },
  { at: 'idle', current: false },
  { at: 'checking' },
  { at: 'available', version },
  { at: 'downloading', version, percent: 10 },
  { at: 'ready', version, way: restart },
  { at: 'ready', version, way: command },
  { at: 'waiting', version },
  { at: 'installing', version },
  { at: 'failed', fault: 'unreachable' }
]
const events: readonly UpdateEvent[] = [
  { kind: 'check' },
  { kind: 'none' },
  { kind: 'found', version },
  { kind: 'found', version: newer },
  { kind: 'progress', percent: 20 },
  { kind: 'downloaded', way: restart },
  { kind: 'failed', fault: 'damaged' },
  { kind: 'calls' },
  { kind: 'install' },
  { kind: 'notNow' }
]
const name = (state: UpdateState): string => (state.at === 'ready' ? `ready/${state.way.by}` : state.at)

/** Every change there is; in a call where that is said. */
const changes: Readonly<Record<string, string>> = {
  'idle check': 'checking',
  'idle check, in a call': 'checking',
  'failed check': 'checking',
  'failed check, in a call': 'checking',
  'checking none': 'idle',
  'checking none, in a call': 'idle',
  'checking found': 'downloading',
  'checking found, in a call': 'available',
  'checking found newer': 'downloading',
  'checking found newer, in a call': 'available',
  'checking failed': 'failed',
  'checking failed, in a call': 'failed',
  'available calls': 'downloading',
  'downloading progress': 'downloading',
  'downloading progress, in a call': 'downloading',
  'downloading downloaded': 'ready/restart',
  'downloading downloaded, in a call': 'ready/restart',
  'downloading failed': 'failed',
  'downloading failed, in a call': 'failed',
  'downloading calls, in a call': 'available',
  'ready/restart found newer': 'downloading',
  'ready/command found newer': 'downloading',
  'ready/restart install': 'installing',
  'ready/restart install, in a call': 'waiting',
  'waiting calls': 'installing',
  'waiting notNow': 'ready/restart',
  'waiting notNow, in a call': 'ready/restart'
}

it('each event in each state does what the table says, and nothing where it says nothing', () => {
  const seen: Record<string, string> = {}
  for (const state of states) {
    for (const event of events) {
      for (const inCall of [false, true]) {
        const next = step(state, event, inCall)
        const what = event.kind === 'found' && event.version === newer ? 'found newer' : event.kind
        if (next !== state) seen[`${name(state)} ${what}${inCall ? ', in a call' : ''}`] = name(next)
      }
    }
  }
  expect(seen).toEqual(changes)
})

it('nothing leads to the end of the app while a call is on', () => {
  for (const state of states.filter(({ at }) => at !== 'installing')) {
    for (const event of events) expect(step(state, event, true).at).not.toBe('installing')
  }
})

it('what is shown of a download only grows', () => {
  const state: UpdateState = { at: 'downloading', version, percent: 50 }
  expect(step(state, { kind: 'progress', percent: 49 }, false)).toBe(state)
  expect(step(state, { kind: 'progress', percent: 51 }, false)).toMatchObject({ percent: 51 })
})
