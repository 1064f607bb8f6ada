// Runs a check of calls: does what the machine's state asks for, one step at a time, and tells it what was found. Knows no
// screens.
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import { isLive } from '../../common/call/status.ts'
import type { MainBridge } from '../../common/ipc.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { MediaEngine } from '../state/media-port.ts'
import { createChecks, type Check } from './checks.ts'
import { idle, isOn, step, wantedPath, type Preflight, type PreflightEvent, type Step } from './machine.ts'
import type { MediaProbe } from './ports.ts'
import { createTestTalk } from './test-talk.ts'

export type PreflightDeps = {
  readonly bridge: Pick<MainBridge, 'checkServer' | 'dialCheck' | 'hangUp'>
  readonly media: Pick<MediaEngine, 'microphoneTry' | 'level' | 'onQuality' | 'probe'>
  readonly onError: (error: unknown) => void
}

export type PreflightRun = {
  readonly now: () => Preflight
  readonly onChanged: (listener: () => void) => Unsubscribe
  readonly start: () => void
  readonly answer: (heard: 'yes' | 'no' | 'again') => void
  readonly stop: () => void
  readonly follow: (snapshot: AppSnapshot) => void
}

export const createPreflight = ({ bridge, media, onError }: PreflightDeps): PreflightRun => {
  const changed = createEmitter<undefined>(onError)
  const talk = createTestTalk({ bridge, onError })
  let state: Preflight = idle
  let snapshot: AppSnapshot | null = null
  /** The step that is under way. */
  let doing: { readonly state: Preflight; readonly ending: AbortController } | null = null
  let checks: Promise<{ readonly all: Readonly<Record<Step, Check>>; readonly probe: MediaProbe }> | null = null

  const prepare = async () => {
    try {
      const probe = await media.probe()
      const all = createChecks({
        bridge,
        media,
        probe,
        talk,
        directory: () => snapshot?.directory ?? [],
        speaker: () => snapshot?.settings.speakerLabel ?? '',
        cancelsEcho: () => snapshot?.settings.echoCancellation ?? true
      })
      return { probe, all }
    } catch (error) {
      // The next check tries again.
      checks = null
      throw error
    }
  }
  const prepared = () => (checks ??= prepare())

  const isCalling = () => (snapshot?.calls ?? []).some(({ status }) => isLive(status))

  const run = async (name: Step, signal: AbortSignal): Promise<void> => {
    const { all } = await prepared()
    const found = await all[name](signal)
    // Whoever ended it has taken its place already.
    if (signal.aborted) return
    if ('unsure' in found) tell({ kind: 'unsure', device: found.unsure })
    else tell({ kind: 'found', step: name, findings: found })
  }

  const obey = () => {
    if (doing?.state === state) return
    doing?.ending.abort()
    doing = null
    if (wantedPath(state) === null) {
      talk.close()
      void checks?.then(({ probe }) => probe.use('any'))
    }
    if (state.state !== 'running') return
    const ending = new AbortController()
    doing = { state, ending }
    run(state.step, ending.signal).catch((error: unknown) => {
      onError(error)
      if (!ending.signal.aborted) tell({ kind: 'stop' })
    })
  }

  const tell = (event: PreflightEvent) => {
    const next = step(state, event)
    if (next === state) return
    state = next
    obey()
    changed.emit(undefined)
  }

  return {
    now: () => state,
    onChanged: changed.on,
    start: () => tell({ kind: 'start', inCall: isCalling() }),
    answer: (heard) => tell({ kind: 'answer', heard }),
    stop: () => tell({ kind: 'stop' }),
    follow: (next) => {
      snapshot = next
      talk.follow(next.check)
      if (isOn(state) && (isCalling() || next.account.state !== 'signedIn')) tell({ kind: 'interrupt' })
    }
  }
}
