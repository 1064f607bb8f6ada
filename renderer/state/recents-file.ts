// Past calls as a file: a table for people and their spreadsheets, in their language, and JSON for programs. Pure.
import { outcomeOf } from '../../common/recents.ts'
import type { Catalogue, Locale } from '../../common/i18n/index.ts'
import type { HistoryEntry } from '../../common/types.ts'
import { shownName } from './people.ts'

const isoTime = (at: number): string => new Date(at).toISOString()

/** A cell that no spreadsheet takes for a formula, whatever somebody calls themselves; a number stays one. */
const cell = (text: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^\+?\d+$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** RFC 4180, with the mark by which spreadsheets know UTF-8. Times in ISO 8601, UTC; talk time in whole seconds. */
export const recentsCsv = (
  entries: readonly HistoryEntry[],
  locale: Locale,
  { call, recents, ui }: Catalogue
): string => {
  const { columns } = recents.file
  const head = [columns.time, columns.direction, columns.name, columns.number, columns.outcome, columns.seconds]
  const rows = entries.map((entry) => [
    isoTime(entry.createdAt),
    entry.direction === 'inbound' ? ui.recents.incoming : ui.recents.outgoing,
    shownName(locale, entry.peer),
    entry.peer.username,
    call.outcome[outcomeOf(entry)],
    String(Math.round(entry.durationMs / 1000))
  ])
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

export const recentsJson = (entries: readonly HistoryEntry[]): string => {
  const calls = entries.map((entry) => ({
    id: entry.callId,
    direction: entry.direction,
    peer: { username: entry.peer.username, names: entry.peer.names },
    createdAt: isoTime(entry.createdAt),
    startedAt: entry.startedAt === undefined ? null : isoTime(entry.startedAt),
    finishedAt: isoTime(entry.finishedAt),
    talkMs: entry.durationMs,
    outcome: outcomeOf(entry)
  }))
  return `${JSON.stringify({ version: 1, calls }, null, 2)}\n`
}

/** `tamas-calls-2026-11-23.csv` */
export const recentsFileName = (kind: 'csv' | 'json', now: number): string =>
  `tamas-calls-${isoTime(now).slice(0, 10)}.${kind}`
