// What is written in the log, as lines with time and level; and which of them belong to a call. Pure.
import { longestLogLine, type LogLine } from '../../common/log-lines.ts'
import type { LogLevel } from '../../common/log.ts'
import { withoutSecrets } from './redact.ts'

const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (error|warn|info|debug) (.*)$/
const beginning = /^\d{4}-\d\d-\d\dT/
/** A line has its beginning in these. */
const firstChars = 64 * 1024

/** What does not begin as a line does goes on with the one before, if that is there. */
export const parseLog = (text: string): readonly LogLine[] => {
  const lines: { at: number; level: LogLevel; text: string }[] = []
  for (const written of text.split('\n')) {
    const [, at, level, rest] = shape.exec(written) ?? []
    const last = lines.at(-1)
    if (at !== undefined && rest !== undefined) lines.push({ at: Date.parse(at), level: level as LogLevel, text: rest })
    else if (last !== undefined && written !== '') last.text += `\n${written}`
  }
  return lines
}

/** As it may be shown: first without secrets, so that none is cut until it looks like none. */
export const shownLine = ({ at, level, text }: LogLine): LogLine => {
  const safe = text.split('\n').map(withoutSecrets).join('\n')
  return { at, level, text: safe.length > longestLogLine ? `${safe.slice(0, longestLogLine)}…` : safe }
}

/** When its first line was written; null where there is none. */
export const begunAt = (text: string): number | null => parseLog(text.slice(0, firstChars))[0]?.at ?? null

/**
 * Those that name the call, or what this device knew it by before the server gave it an id. Only these are taken apart.
 */
export const linesOfCall = (text: string, callId: string): readonly LogLine[] => {
  const written = text.split('\n')
  const name = `callId=${callId}`
  const names = new Set([name])
  for (const line of written) {
    const [session] = line.includes(name) ? (/\bsession=[^\s"]+/.exec(line) ?? []) : []
    if (session !== undefined) names.add(session)
  }
  const all = [...names]
  let isOfCall = false
  const own = written.filter((line) => {
    if (beginning.test(line)) isOfCall = all.some((one) => line.includes(one))
    return isOfCall
  })
  return parseLog(own.join('\n'))
}
