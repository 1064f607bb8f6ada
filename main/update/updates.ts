// Keeps the app up to date: looks for a newer version now and then, has it downloaded while nobody talks, and put in place
// when no call is on. What follows on what stands in machine.ts; how it is done in engine.ts.
import { isLive } from '../../common/call/status.ts'
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { hourMs, secondMs, type Clock } from '../../common/time.ts'
import type { UpdateState } from '../../common/updates.ts'
import type { Phone } from '../ports.ts'
import type { UpdateEngine } from './engine.ts'
import { step, type UpdateEvent } from './machine.ts'

/** The start itself has more to do. */
export const firstCheckMs = 20 * secondMs
export const checkEveryMs = 4 * hourMs

export type Updates = {
  readonly state: () => UpdateState
  readonly onChanged: (listener: () => void) => Unsubscribe
  /** Looks now. Errors: not_allowed_now. */
  readonly check: () => Result<Record<never, never>>
  /** The person wants it now. Errors: not_allowed_now. */
  readonly install: () => Result<Record<never, never>>
  /** Errors: not_allowed_now. */
  readonly notNow: () => Result<Record<never, never>>
  /** The app has nothing left to do but to end: what is ready takes its place. */
  readonly atTheEnd: () => void
  readonly close: () => void
}

export type UpdatesDeps = {
  /** Null where there is nothing to be asked; called once, when it is time for the first look. */
  readonly engine: (() => Promise<UpdateEngine | null>) | null
  readonly phone: Pick<Phone, 'calls' | 'onChanged'>
  /** Ends the app in order. */
  readonly quit: () => void
  readonly clock: Clock
  readonly log: Logger
}

export const createUpdates = ({ engine: openEngine, phone, quit, clock, log }: UpdatesDeps): Updates => {
  let state: UpdateState = openEngine === null ? { at: 'off' } : { at: 'idle', current: false }
  let opening: Promise<UpdateEngine | null> | null = null
  let engine: UpdateEngine | null = null
  let stopDownload = new AbortController()
  let stopTimer = (): void => undefined
  const changed = createEmitter<undefined>((error) =>
    log.error('a listener to updates threw', { error: String(error) })
  )
  const inCall = (): boolean => phone.calls().some(({ status }) => isLive(status))

  const check = async (): Promise<void> => {
    opening ??= (openEngine ?? (() => Promise.resolve(null)))()
    engine = await opening
    const found = (await engine?.check()) ?? { ok: true, version: null }
    if (!found.ok) happen({ kind: 'failed', fault: found.fault })
    else happen(found.version === null ? { kind: 'none' } : { kind: 'found', version: found.version })
  }
  const download = async (): Promise<void> => {
    const stop = new AbortController()
    stopDownload = stop
    const got = await engine?.download((percent) => {
      if (!stop.signal.aborted) happen({ kind: 'progress', percent })
    }, stop.signal)
    // It was given up for a call, and may have been begun anew.
    if (got === undefined || stop.signal.aborted) return
    if (got.ok) happen({ kind: 'downloaded', way: got.way })
    else if (got.fault !== null) happen({ kind: 'failed', fault: got.fault })
  }
  const again = (afterMs: number): void => {
    stopTimer()
    stopTimer = clock.at(clock.now() + afterMs, () => {
      // What is ready stays so while it is looked whether there is a newer one.
      if (state.at === 'ready') void check()
      else happen({ kind: 'check' })
      again(checkEveryMs)
    })
  }
  const happen = (event: UpdateEvent): void => {
    const before = state
    state = step(before, event, inCall())
    if (state === before) return
    if (state.at !== before.at) {
      log.info('update', { at: state.at, version: 'version' in state ? state.version : undefined })
      if (state.at === 'available') stopDownload.abort()
      if (state.at === 'checking') void check()
      if (state.at === 'downloading') void download()
    }
    changed.emit(undefined)
    if (state.at === 'installing' && before.at !== 'installing') quit()
  }
  const asked = (event: UpdateEvent): Result<Record<never, never>> => {
    const before = state
    happen(event)
    return state === before ? fail('not_allowed_now') : ok({})
  }

  const stopFollowing = phone.onChanged(() => happen({ kind: 'calls' }))
  if (openEngine !== null) again(firstCheckMs)

  return {
    state: () => state,
    onChanged: (listener) => changed.on(listener),
    check: () => asked({ kind: 'check' }),
    install: () => asked({ kind: 'install' }),
    notNow: () => asked({ kind: 'notNow' }),
    atTheEnd: () => {
      if (state.at === 'installing') engine?.install(true)
      else if (state.at === 'ready' && state.way.by === 'restart') engine?.install(false)
    },
    close: () => {
      stopTimer()
      stopFollowing()
      stopDownload.abort()
    }
  }
}
