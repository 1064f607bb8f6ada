// How a call went, as one of its two people may read it: made of the call's event log, without keys, devices and reasons
// of the other side. Pure.
import type { CallRole } from '../../common/call/end.ts'
import type { HistoryDetails, TimelineEvent } from '../../common/protocol/history.ts'

export type LoggedEvent = {
  readonly at: number
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
}

type Line = HistoryDetails['timeline'][number]

const kinds: Readonly<Record<string, TimelineEvent>> = {
  created: 'started',
  ringing: 'ringing',
  accepted: 'answered',
  conversation: 'connected',
  paused: 'lost',
  moved: 'moved',
  finished: 'ended'
}

const isOn = (value: unknown): boolean => value !== null && value !== undefined && value !== false

/** `own` are this side's devices. Events come in their order. */
export const timelineOf = (
  side: CallRole,
  own: readonly string[],
  events: readonly LoggedEvent[]
): HistoryDetails['timeline'] => {
  const other: CallRole = side === 'caller' ? 'receptor' : 'caller'
  let held: Readonly<Record<string, unknown>> = {}
  const lines: Line[] = []
  const holdLine = (at: number, now: Readonly<Record<string, unknown>>): void => {
    for (const [who, by] of [
      [side, 'me'],
      [other, 'them']
    ] as const) {
      if (isOn(held[who]) !== isOn(now[who])) lines.push({ at, event: isOn(now[who]) ? 'held' : 'resumed', by })
    }
    held = now
  }
  const byOf = ({ deviceId }: Readonly<Record<string, unknown>>): Line['by'] => {
    if (typeof deviceId !== 'string') return null
    return own.includes(deviceId) ? 'me' : 'them'
  }
  for (const { at, kind, data } of events) {
    const event = kinds[kind]
    if (event !== undefined) lines.push({ at, event, by: byOf(data) })
    else if (kind === 'held') holdLine(at, data)
    // The end of a transfer or a conference tells itself by what follows.
    else if (kind === 'transfer' && isOn(data['to'])) lines.push({ at, event: 'transfer', by: byOf(data) })
    else if (kind === 'conference' && isOn(data['with'])) lines.push({ at, event: 'conference', by: byOf(data) })
  }
  return lines
}
