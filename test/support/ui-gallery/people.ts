// Made-up people and past calls for the gallery.
import type { DirectoryEntry, HistoryEntry } from '../../../common/types.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../../../common/time.ts'

const person = (username: string, en: string, fa: string): DirectoryEntry => ({
  userId: `user-${username}`,
  username,
  names: { en, fa },
  kind: 'person'
})

export const sara = person('101', 'Sara Rahimi', 'سارا رحیمی')
export const me = person('102', 'Kian Mohammadi', 'کیان محمدی')
export const echo: DirectoryEntry = { ...person('100', 'Echo', 'پژواک'), kind: 'echo' }
const long = person(
  '+982188776655',
  'Alexandra Konstantinopoulou-Featherstonehaugh',
  'سیده فاطمه‌زهرا حسینی‌نژاد بهبهانی'
)

export const people: readonly DirectoryEntry[] = [
  sara,
  me,
  echo,
  person('103', 'Arash Kamali', 'آرش کمالی'),
  person('104', 'Niloufar Yazdani', 'نیلوفر یزدانی'),
  person('105', 'Michael Brandt', ''),
  person('106', 'Parisa Ghaffari', 'پریسا غفاری'),
  long,
  person('reception', 'Reception', 'پذیرش'),
  person('108', 'Dariush Tehrani', 'داریوش تهرانی')
]

const at = (username: string): DirectoryEntry => people.find((entry) => entry.username === username) ?? sara

type Past = Pick<HistoryEntry, 'direction' | 'reason' | 'by'> & Partial<Pick<HistoryEntry, 'detail'>>
const past = (callId: string, who: string, createdAt: number, talkMs: number | null, how: Past): HistoryEntry => ({
  callId,
  peer: at(who),
  createdAt,
  ...(talkMs === null ? {} : { startedAt: createdAt + 6 * secondMs }),
  finishedAt: createdAt + 6 * secondMs + (talkMs ?? 0),
  durationMs: talkMs ?? 0,
  ...how
})

export const recents = (now: number): readonly HistoryEntry[] => [
  past('c1', '104', now - 4 * minuteMs, null, { direction: 'inbound', reason: 'missed', by: 'server' }),
  past('c1b', '104', now - 7 * minuteMs, null, { direction: 'inbound', reason: 'hangup', by: 'caller' }),
  past('c1c', '104', now - 9 * minuteMs, null, { direction: 'inbound', reason: 'missed', by: 'server' }),
  past('c2', '101', now - 50 * minuteMs, 12 * minuteMs + 4000, {
    direction: 'outbound',
    reason: 'hangup',
    by: 'caller'
  }),
  past('c3', '103', now - 2 * hourMs, null, { direction: 'outbound', reason: 'busy', by: 'server' }),
  past('c4', '+982188776655', now - 3 * hourMs, 42_000, { direction: 'inbound', reason: 'hangup', by: 'caller' }),
  past('c5', '106', now - dayMs, null, {
    direction: 'inbound',
    reason: 'call_received',
    by: 'server',
    detail: 'answered_elsewhere'
  }),
  past('c6', 'reception', now - dayMs - hourMs, null, { direction: 'outbound', reason: 'missed', by: 'server' }),
  past('c7', '101', now - dayMs - 2 * hourMs, hourMs + 5 * minuteMs, {
    direction: 'inbound',
    reason: 'media_connection_broken',
    by: 'server'
  }),
  past('c8', '105', now - 3 * dayMs, null, { direction: 'inbound', reason: 'busy', by: 'server' }),
  past('c9', '108', now - 3 * dayMs - hourMs, null, { direction: 'outbound', reason: 'rejected', by: 'receptor' }),
  past('c10', '101', now - 400 * dayMs, null, { direction: 'outbound', reason: 'unreachable', by: 'server' })
]
