// The log of delegate events, one JSON line each: what diagnostics and the demo read. Holds usernames, never a secret.
import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import type { DelegateEvent } from '../../common/delegate.ts'
import type { Logger } from '../../common/log.ts'
import { unreachable } from '../../common/result.ts'

/** At this size the file becomes `….1` and a new one begins. */
const largestBytes = 1024 * 1024

export type CallLog = {
  readonly add: (at: number, event: DelegateEvent) => void
  readonly settled: () => Promise<void>
}

/** One event as a line's object. */
export const callLogEntry = (at: number, event: DelegateEvent): Readonly<Record<string, unknown>> => {
  const { session, callId, direction, peer } = event.call
  const about = { session, callId, direction, peer: peer.username }
  switch (event.kind) {
    case 'onCallStateChanged':
      return { at, kind: event.kind, state: event.state, isLocalChange: event.isLocalChange, ...about }
    case 'onCallFinished': {
      const { by, detail } = event.end
      return { at, kind: event.kind, reason: event.reason, by, ...(detail === undefined ? {} : { detail }), ...about }
    }
    case 'onMediaStateChanged': {
      const { role, oldState, newState } = event
      return { at, kind: event.kind, role, oldState, newState, ...about }
    }
    default:
      return unreachable(event)
  }
}

export const createCallLog = (options: { readonly file: string; readonly log: Logger }): CallLog => {
  const { file, log } = options
  let writing: Promise<void> = mkdir(path.dirname(file), { recursive: true, mode: 0o700 }).then(
    () => undefined,
    () => undefined
  )
  const write = async (line: string): Promise<void> => {
    const size = await stat(file).then(
      (found) => found.size,
      () => 0
    )
    if (size + line.length > largestBytes) await rename(file, `${file}.1`)
    await appendFile(file, line, { mode: 0o600 })
  }
  return {
    add: (at, event) => {
      const line = `${JSON.stringify(callLogEntry(at, event))}\n`
      writing = writing
        .then(() => write(line))
        .catch((error: unknown) => {
          log.warn('a line of the call log was lost', { error: String(error) })
        })
    },
    settled: () => writing
  }
}
