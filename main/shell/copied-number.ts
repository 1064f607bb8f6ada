// The number that was copied, for a main window whose person wants it offered, and which of them they are done with: the
// window may be let go meanwhile. The clipboard is read only while they are at that window, and nothing but a number leaves
// here.
import type { AppSnapshot } from '../../common/snapshot.ts'
import { copiedNumber } from '../links/clipboard-link.ts'

export type CopiedNumber = {
  /** Null where there is none to offer. */
  readonly look: () => Promise<string | null>
  /** It is not offered again before another one was copied. */
  readonly settle: (number: string) => void
}

export const createCopiedNumber = (deps: {
  readonly snapshot: () => AppSnapshot
  readonly isInFront: () => boolean
  readonly clipboardText: () => Promise<string>
}): CopiedNumber => {
  let settled: string | null = null
  return {
    look: async () => {
      const { settings, account } = deps.snapshot()
      if (!settings.offerCopied || account.state !== 'signedIn' || !deps.isInFront()) return null
      const number = copiedNumber(await deps.clipboardText())
      if (number === settled) return null
      settled = null
      return number === account.user.username ? null : number
    },
    settle: (number) => {
      settled = number
    }
  }
}
