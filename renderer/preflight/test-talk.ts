// The talk with the server's Echo that a check needs. Main keeps it apart from the person's calls: it is on no screen but
// the check's, and in no history.
//
//   none ──open──▶ dialling ──▶ there ──close, its end──▶ none
import { isAnswered, isLive } from '../../common/call/status.ts'
import type { MainBridge } from '../../common/ipc.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import { until } from './wait.ts'

const answerWithinMs = 12_000

export type TestTalk = {
  /** Whether it was answered; false where it failed or was ended meanwhile. */
  readonly open: (to: string, signal: AbortSignal) => Promise<boolean>
  readonly close: () => void
  /** The check's talk of now, as main has it. */
  readonly follow: (talk: AppSnapshot['check']) => void
}

export type TestTalkDeps = {
  readonly bridge: Pick<MainBridge, 'dialCheck' | 'hangUp'>
  readonly onError: (error: unknown) => void
}

export const createTestTalk = ({ bridge, onError }: TestTalkDeps): TestTalk => {
  let session: string | null = null
  let talk: AppSnapshot['check'] = null
  let lastSeen: string | null = null

  const close = () => {
    if (session === null) return
    bridge.hangUp({ session }).catch(onError)
    session = null
  }

  /** Main may show a talk before or after it has answered who dialled it, and shows none any more once it is over. */
  const stateOf = (key: string) => {
    if (talk?.session !== key) return lastSeen === key ? 'over' : null
    if (isAnswered(talk.status)) return 'there'
    return isLive(talk.status) ? null : 'over'
  }

  return {
    open: async (to, signal) => {
      close()
      const dialled = await bridge.dialCheck({ to })
      if (!dialled.ok) return false
      const key = dialled.value.session
      session = key
      if (signal.aborted) close()
      return (await until(() => stateOf(key), answerWithinMs, signal)) === 'there'
    },
    close,
    follow: (next) => {
      talk = next
      lastSeen = next?.session ?? lastSeen
    }
  }
}
