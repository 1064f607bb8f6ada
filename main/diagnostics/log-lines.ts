// What is written in the log, as lines with time and level; and which of them belong to a call. Pure.
import { longestLogLine, type LogLine } from '../../common/log-lines.ts'
import type { LogLevel } from '../../common/log.ts'
import { withoutSecrets } from './redact.ts'

const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (error|warn|info|debug) (.*)$/

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

/** Those that name the call, or what this device knew it by before the server gave it an id. */
export const linesOfCall = (lines: readonly LogLine[], callId: string): readonly LogLine[] => {
  const sessions = new Set<string>()
  const sessionOf = ({ text }: LogLine): string | null => /\bsession=([^\s"]+)/.exec(text)?.[1] ?? null
  const isNamed = ({ text }: LogLine): boolean => text.includes(`callId=${callId}`)
  for (const line of lines) {
    const session = isNamed(line) ? sessionOf(line) : null
    if (session !== null) sessions.add(session)
  }
  return lines.filter((line) => {
    const session = sessionOf(line)
    return isNamed(line) || (session !== null && sessions.has(session))
  })
}
