// The talk with the server's Echo that a check needs: an ordinary call to the server, kept off the screen and, once it is
// over, out of the past calls. Nobody has dialled it.
//
//   none ──open──▶ dialling ──▶ there ──close, its end──▶ leaving ──flushed: taken out of the past calls──▶ none
import { isAnswered, isLive } from '../../common/call/status.ts'
import type { MainBridge } from '../../common/ipc.ts'
import type { CallView } from '../../common/snapshot.ts'
import { until } from './wait.ts'

const answerWithinMs = 12_000

export type TestTalk = {
  /** Whether it was answered; false where it failed or was ended meanwhile. */
  readonly open: (to: string, signal: AbortSignal) => Promise<boolean>
  readonly close: () => void
  /** The calls of now. */
  readonly follow: (calls: readonly CallView[]) => void
  /** Whether this call is the check's own. */
  readonly owns: (call: CallView) => boolean
}

export type TestTalkDeps = {
  readonly bridge: Pick<MainBridge, 'dial' | 'hangUp' | 'dismiss' | 'removeRecents'>
  readonly onError: (error: unknown) => void
}

export const createTestTalk = ({ bridge, onError }: TestTalkDeps): TestTalk => {
  /** This talk and those before that main still shows. */
  const own = new Map<string, 'dialled' | 'left'>()
  /** Main shows a call before it has answered who dialled it. */
  let dialling: string | null = null
  let session: string | null = null
  let calls: readonly CallView[] = []

  const leave = async ({ session: key, callId }: CallView): Promise<void> => {
    own.set(key, 'left')
    // The person has called nobody.
    if (callId !== null) await bridge.removeRecents({ callIds: [callId] })
    await bridge.dismiss({ session: key })
  }

  const follow = (next: readonly CallView[]) => {
    calls = next
    for (const call of next) {
      if (own.get(call.session) === 'dialled' && call.status === 'flushed') leave(call).catch(onError)
    }
    for (const [key, how] of own) if (how === 'left' && !next.some((call) => call.session === key)) own.delete(key)
  }

  const close = () => {
    if (session === null) return
    bridge.hangUp({ session }).catch(onError)
    session = null
  }

  const stateOf = (key: string) => {
    const call = calls.find((one) => one.session === key)
    if (call === undefined) return null
    if (isAnswered(call.status)) return 'there'
    return isLive(call.status) ? null : 'over'
  }

  return {
    open: async (to, signal) => {
      close()
      dialling = to
      const dialled = await bridge.dial({ to }).finally(() => {
        dialling = null
      })
      if (!dialled.ok) return false
      const key = dialled.value.session
      own.set(key, 'dialled')
      session = key
      // It may be over already.
      follow(calls)
      if (signal.aborted) close()
      return (await until(() => stateOf(key), answerWithinMs, signal)) === 'there'
    },
    close,
    follow,
    owns: (call) => own.has(call.session) || (call.direction === 'outbound' && call.peer.username === dialling)
  }
}
