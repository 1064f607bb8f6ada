// What devices were told of calls, kept beside what the disk has: what was acknowledged must be kept, pushes come in order,
// and what a run of the server told and lost with itself is known to be lost.
import type { CallSnapshot } from '../../common/types.ts'
import type { FakeDisk } from './fake-journal.ts'

type Deps = {
  readonly disk: FakeDisk
  readonly onWrong: (what: string) => void
  /** Whether this run of the server is the one of now. */
  readonly isRunning: (boot: string) => boolean
}

type Answer = { readonly ok: boolean; readonly value?: unknown }

export const createTold = ({ disk, onWrong, isRunning }: Deps) => {
  const acked = new Set<string>()
  /** Ends that a device was told by a run that died before the disk had them. */
  const undone = new Map<string, string[]>()
  /** Devices that were told what such a run lost, each with the call. */
  const setBack = new Set<string>()
  /** What each device was told last by the run of now, and the highest `seq` that was pushed to it. */
  let last = new Map<string, CallSnapshot>()
  let pushed = new Map<string, number>()

  const onTold = (boot: string, deviceId: string, call: CallSnapshot, way: 'push' | 'welcome' | 'answer'): void => {
    const key = `${deviceId} ${call.id}`
    last.set(key, call)
    if (way !== 'push' || !isRunning(boot)) return
    const before = pushed.get(key) ?? -1
    if (call.seq <= before) onWrong(`${deviceId} is pushed seq ${call.seq} of ${call.id} after ${before}`)
    pushed.set(key, call.seq)
  }

  return {
    acked: acked as ReadonlySet<string>,
    onTold,
    onAnswered: (boot: string, deviceId: string, name: string, answer: Answer): void => {
      if (!answer.ok || typeof answer.value !== 'object' || answer.value === null || !('call' in answer.value)) return
      const call = answer.value.call as CallSnapshot
      onTold(boot, deviceId, call, 'answer')
      const kept = disk.last(call.id)
      if (name === 'call.create') {
        acked.add(call.id)
        if (kept === null) onWrong(`${call.id} is acked and not kept`)
      }
      if (name !== 'call.hangup' && name !== 'call.decline') return
      if (call.status !== 'finished') onWrong(`${name} of ${call.id} is acked and it goes on`)
      const isElsewhere = call.end?.detail === 'answered_elsewhere'
      if (!isElsewhere && kept?.end === null) onWrong(`the end of ${call.id} is acked and not kept`)
    },
    /** The run of now is gone, and what the disk has is what the next one knows. */
    runDied: (): void => {
      for (const [key, { id, seq, end }] of last) {
        if ((disk.last(id)?.seq ?? 0) >= seq) continue
        setBack.add(key)
        if (end !== undefined) undone.set(key, [...(undone.get(key) ?? []), end.reason])
      }
      last = new Map()
      pushed = new Map()
    },
    /** Reasons that a device was told by a run of the server that lost them. */
    undoneEnds: (deviceId: string, callId: string): readonly string[] => undone.get(`${deviceId} ${callId}`) ?? [],
    /** Whether a device was told of steps of a call that a run of the server lost. */
    wasSetBack: (deviceId: string, callId: string): boolean => setBack.has(`${deviceId} ${callId}`)
  }
}
