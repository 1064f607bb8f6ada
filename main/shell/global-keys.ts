// Takes keys from the desktop while they are wanted, and says which of them it may not have. Which are wanted, and what
// they mean, is key-deeds' to say.
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import { globalShortcuts, type GlobalShortcut } from '../../common/global-shortcuts.ts'
import type { Logger } from '../../common/log.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { Clock } from '../../common/time.ts'
import { createHeldKey, type HeldKey } from './held-key.ts'
import { wantedKeys, type WantedKeys } from './key-deeds.ts'

/** The desktop's keys: Electron's `globalShortcut`, or a fake. */
export type KeyPort = {
  /** False where another program has them. May throw where the keys are none. */
  readonly register: (accelerator: string, pressed: () => void) => boolean
  readonly unregister: (accelerator: string) => void
}

/**
 *            set: tried                      wanted
 *   (none) ──────────────▶ resting ─────────────────────────▶ held
 *              │                ▲ ◀──── wanted no longer ───── │
 *              │ refused        │ free                         │ refused when it was to be taken again
 *              └──────────▶ refused ◀──────────────────────────┘
 *                           tried again whenever it becomes wanted
 *
 * Other keys, or none, begin anew. While keys are being chosen nothing is held.
 */
type Key = WantedKeys & { readonly at: 'resting' | 'held' | 'refused' }

export type GlobalKeys = {
  readonly update: (snapshot: AppSnapshot) => void
  /** Those whose keys the desktop did not give. The very same list as long as nothing changes. */
  readonly refused: () => readonly GlobalShortcut[]
  /** Whether the person is choosing keys: then the ones of now are no more than keys. */
  readonly setChoosing: (isChoosing: boolean) => void
  readonly onPressed: (listener: (shortcut: GlobalShortcut) => void) => Unsubscribe
  readonly onChanged: (listener: () => void) => Unsubscribe
  readonly close: () => void
}

export const createGlobalKeys = (deps: {
  readonly port: KeyPort
  /** Whether keys are taken once and for all: see `wantedKeys`. */
  readonly lasting: boolean
  readonly clock: Pick<Clock, 'now' | 'at'>
  readonly log: Logger
}): GlobalKeys => {
  const { port, log } = deps
  const keys = new Map<GlobalShortcut, Key>()
  const heard = new Map<GlobalShortcut, HeldKey>()
  const onError = (error: unknown): void => log.error('a listener to keys threw', { error: String(error) })
  const pressed = createEmitter<GlobalShortcut>(onError)
  const changed = createEmitter<undefined>(onError)
  let refused: readonly GlobalShortcut[] = []
  let isChoosing = false
  let last: AppSnapshot | null = null

  const come = (shortcut: GlobalShortcut): void => {
    const key = heard.get(shortcut) ?? createHeldKey(deps.clock, () => pressed.emit(shortcut))
    heard.set(shortcut, key)
    key.comes()
  }
  const take = ({ shortcut, accelerator }: WantedKeys): boolean => {
    try {
      return port.register(accelerator, () => come(shortcut))
    } catch (error) {
      log.warn('keys could not be taken', { shortcut, error: String(error) })
      return false
    }
  }

  const settle = (wanted: WantedKeys): Key => {
    const before = keys.get(wanted.shortcut)
    const isNew = before?.accelerator !== wanted.accelerator
    const isOther = [...keys.values()].some(
      (one) => one.shortcut !== wanted.shortcut && one.accelerator === wanted.accelerator
    )
    // Never tried, so that it is once the other one goes.
    if (isOther) return { ...wanted, accelerator: '', at: 'refused' }
    if (!isNew && before.isWanted === wanted.isWanted) return before
    // Keys are tried as soon as they are set: nobody wants to hear of it when it rings.
    if (wanted.isWanted || isNew) {
      const isFree = take(wanted)
      if (!isFree) log.info('keys belong to another program', { shortcut: wanted.shortcut })
      if (isFree && !wanted.isWanted) port.unregister(wanted.accelerator)
      return { ...wanted, at: isFree ? (wanted.isWanted ? 'held' : 'resting') : 'refused' }
    }
    return { ...wanted, at: before.at === 'held' ? 'resting' : before.at }
  }

  const follow = (): void => {
    const wanted = last === null ? [] : wantedKeys(last, deps.lasting)
    const now = isChoosing ? wanted.map((one) => ({ ...one, isWanted: false })) : wanted
    // First all that go: what one of them lets go may be another's.
    for (const key of [...keys.values()]) {
      const next = now.find(({ shortcut }) => shortcut === key.shortcut)
      const stays = next?.accelerator === key.accelerator
      if (key.at === 'held' && !(stays && next.isWanted)) port.unregister(key.accelerator)
      if (!stays) keys.delete(key.shortcut)
    }
    for (const one of now) keys.set(one.shortcut, settle(one))
    const without = globalShortcuts.filter((one) => keys.get(one)?.at === 'refused')
    if (without.join() === refused.join()) return
    refused = without
    changed.emit(undefined)
  }

  return {
    update: (snapshot) => {
      last = snapshot
      follow()
    },
    refused: () => refused,
    setChoosing: (choosing) => {
      isChoosing = choosing
      follow()
    },
    onPressed: pressed.on,
    onChanged: changed.on,
    close: () => {
      for (const key of heard.values()) key.close()
      last = null
      follow()
    }
  }
}
