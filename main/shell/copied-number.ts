// The number that was copied, for a main window whose person wants it offered. The clipboard is read only while they are at
// that window, and nothing but a number leaves here.
import type { AppSnapshot } from '../../common/snapshot.ts'
import { copiedNumber } from '../links/clipboard-link.ts'

export const createCopiedNumber =
  (deps: {
    readonly snapshot: () => AppSnapshot
    readonly isInFront: () => boolean
    readonly clipboardText: () => Promise<string>
  }): (() => Promise<string | null>) =>
  async () => {
    const { settings, account } = deps.snapshot()
    if (!settings.offerCopied || account.state !== 'signedIn' || !deps.isInFront()) return null
    const number = copiedNumber(await deps.clipboardText())
    return number === account.user.username ? null : number
  }
