// What the keys of the whole desktop mean now, and which of them are of use: pure functions of the snapshot.
import { isLive } from '../../common/call/status.ts'
import { globalShortcuts, keysFor, type GlobalShortcut } from '../../common/global-shortcuts.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { ShellAction } from './actions.ts'
import { alertingCalls } from './alerting.ts'

/** Null where there is nothing to be done. What does not disturb is answered in the window, not by a key. */
export const keyDeed = (shortcut: GlobalShortcut, { calls, account }: AppSnapshot): ShellAction | null => {
  switch (shortcut) {
    case 'answer': {
      const ringing = alertingCalls(calls).find(({ can }) => can.answer)
      return ringing ? { kind: 'answer', session: ringing.session } : null
    }
    case 'decline': {
      const [ringing] = alertingCalls(calls)
      return ringing ? { kind: 'decline', session: ringing.session } : null
    }
    case 'mute': {
      const talking = calls.find(({ floor, can }) => floor && can.mute)
      return talking ? { kind: 'mute', session: talking.session, muted: !talking.muted } : null
    }
    case 'hangUp': {
      const own = calls.filter(({ status, can }) => isLive(status) && can.hangUp)
      // Of several that wait, none is meant more than another.
      const meant = own.find(({ floor }) => floor) ?? (own.length === 1 ? own[0] : undefined)
      return meant ? { kind: 'hangUp', session: meant.session } : null
    }
    case 'dial':
      return account.state === 'signedIn' ? { kind: 'dialClipboard' } : null
  }
}

export type WantedKeys = {
  readonly shortcut: GlobalShortcut
  readonly accelerator: string
  /** Whether it is to be taken from other programs now. */
  readonly isWanted: boolean
}

/**
 * Those that are set. A key is wanted only while it is of use, so that other programs have it the rest of the time; where
 * the desktop asks the person about each (`lasting`), all of the time.
 */
export const wantedKeys = (snapshot: AppSnapshot, lasting: boolean): readonly WantedKeys[] =>
  globalShortcuts.flatMap((shortcut) => {
    const accelerator = keysFor(snapshot.settings, shortcut)
    if (accelerator === '') return []
    return [{ shortcut, accelerator, isWanted: lasting || keyDeed(shortcut, snapshot) !== null }]
  })
