// Past calls over a server's history, a clock and a disk. Fakes for unit tests only.
import { noNames } from '../../../../common/contacts/names.ts'
import { createEmitter } from '../../../../common/emitter.ts'
import type { RecentsAsked } from '../../../../common/ipc.ts'
import { silentLogger } from '../../../../common/log.ts'
import type { Push } from '../../../../common/protocol/socket.ts'
import type { AccountState, LinkState } from '../../../../common/snapshot.ts'
import type { HistoryEntry } from '../../../../common/types.ts'
import { noNewest, type Kept, type Newest } from '../../../../main/store/recents-cache.ts'
import { createRecents } from '../../../../main/store/recents.ts'
import { createFakeClock, historyRow, sara, settle } from '../shell/fixtures.ts'
import { createFakeHistory } from './fake-history.ts'
export const signedIn: Extract<AccountState, { state: 'signedIn' }> = {
  state: 'signedIn',
  server: 'https://a',
  user: sara,
  remembered: true
}
export const signedOut: AccountState = { state: 'signedOut', lastServer: '', lastUsername: '', error: null }
export const joined: LinkState = { state: 'joined' }
export const away: LinkState = { state: 'disconnected', was: 'joined', since: 0, nextTryAt: null }
export const name = 'https://a 101'

export const setUp = () => {
  const changed = createEmitter<undefined>(() => undefined)
  const pushed = createEmitter<Push>(() => undefined)
  const clock = createFakeClock()
  const server = createFakeHistory()
  const now = { account: signedOut as AccountState, link: joined as LinkState, names: noNames }
  const disk = { newest: new Map<string, Newest>(), kept: null as Kept | null }
  const start = () =>
    createRecents({
      session: {
        account: () => now.account,
        link: () => now.link,
        onChanged: (listener) => changed.on(listener),
        onPush: pushed.on,
        rest: server.rest
      },
      clock,
      names: () => now.names,
      log: silentLogger,
      cache: {
        load: async (account) => disk.newest.get(account) ?? noNewest,
        save: async (account, value) => void disk.newest.set(account, value),
        loadKept: async () => disk.kept,
        saveKept: async (value) => {
          disk.kept = value
        },
        settled: async () => undefined
      }
    })
  const recents = start()
  const become = async (account: AccountState, link: LinkState = joined) => {
    now.account = account
    now.link = link
    changed.emit(undefined)
    await settle()
  }
  const push = async (value: Push) => {
    pushed.emit(value)
    await settle()
  }
  const welcome = () => push({ name: 'session.welcome', data: {} as never })
  const told = () => push({ name: 'lists.changed', data: { lists: ['history'] } })
  const filled = async () => {
    clock.advance(5_000)
    await settle()
  }
  return { recents, server, disk, now, clock, start, become, welcome, told, filled }
}

export const call = (at: number, part: Partial<HistoryEntry> = {}): HistoryEntry =>
  historyRow({ callId: `c${String(at)}`, createdAt: at, finishedAt: at, ...part })
export const calls = (count: number, part: Partial<HistoryEntry> = {}) =>
  Array.from({ length: count }, (_, at) => call(at + 1, part))
export const all: RecentsAsked = { cursor: null, limit: 50, q: '', filter: 'all' }
