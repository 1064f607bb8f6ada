// What is shown of the log: which lines fit, in which order, and how each is written. Pure; reads nothing.
import { fold } from '../../common/fold.ts'
import { logLevels, type LogLine } from '../../common/log-lines.ts'
import type { LogLevel } from '../../common/log.ts'

/** The whole log, or what belongs to a call of that time. */
export type LogOf = { readonly callId: string; readonly at: number } | null

export type NumberedLine = {
  /** Its number among all that were ever shown here. */
  readonly key: string
  readonly line: LogLine
  /** What it is found by. */
  readonly folded: string
}

/** Those of this level and more serious ones, that have each word that was typed; the oldest first. */
export const fitting = (
  lines: readonly NumberedLine[],
  { level, typed }: { readonly level: LogLevel; readonly typed: string }
): readonly NumberedLine[] => {
  const words = fold(typed).split(' ')
  const wanted = new Set(logLevels.slice(0, logLevels.indexOf(level) + 1))
  return lines.filter(({ line, folded }) => wanted.has(line.level) && words.every((word) => folded.includes(word)))
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The time of day here to the millisecond, in the digits of the file. */
export const lineTime = (at: number): string => {
  const time = new Date(at)
  const seconds = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')
  return `${seconds}.${String(time.getMilliseconds()).padStart(3, '0')}`
}

/** As it stands in the file. */
export const writtenLine = ({ at, level, text }: LogLine): string => `${new Date(at).toISOString()} ${level} ${text}`

type Day = { readonly key: string; readonly at: number; readonly lines: readonly NumberedLine[] }

/** The lines of each day here, with a time of it. */
export const byDay = (lines: readonly NumberedLine[]): readonly Day[] => {
  const days: { key: string; at: number; lines: NumberedLine[] }[] = []
  for (const one of lines) {
    const day = new Date(one.line.at).toDateString()
    const last = days.at(-1)
    // A clock that is set back begins another day that may have been there before.
    if (last?.key.endsWith(day)) last.lines.push(one)
    else days.push({ key: `${one.key} ${day}`, at: one.line.at, lines: [one] })
  }
  return days
}
