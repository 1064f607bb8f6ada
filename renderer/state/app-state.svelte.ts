// The page's copy of the app's snapshot, kept whole from patches, and what is derived from it. Decides nothing.
import { catalogue, type Catalogue, type Locale } from '../../common/i18n/index.ts'
import type { MainBridge } from '../../common/ipc.ts'
import type { AppSnapshot, CallView, SnapshotPatch, WholeSnapshot } from '../../common/snapshot.ts'
import type { DirectoryEntry } from '../../common/types.ts'
import { isLive } from '../../common/call/status.ts'
import { answerable } from './calls.ts'

export type Held = Pick<WholeSnapshot, 'rev' | 'snapshot'>

/** A patch on what is held: the next one applies, an older one is known already, a gap means to load again. */
export const applyPatch = (held: Held, patch: SnapshotPatch): Held | 'known' | 'gap' => {
  if (patch.rev <= held.rev) return 'known'
  if (patch.rev > held.rev + 1) return 'gap'
  return { rev: patch.rev, snapshot: { ...held.snapshot, ...patch.changed } }
}

const reloadAfterMs = 1_000
const none: readonly DirectoryEntry[] = []

/**
 *   start ──▶ loading ──answer──▶ following ──gap──▶ loading …
 *                └──failure, after 1 s──▶ loading
 *
 * Patches that come while loading are kept and applied on top of the answer.
 */
export class AppState {
  #snapshot = $state.raw<AppSnapshot | null>(null)
  #held: Held | null = null
  #waiting: SnapshotPatch[] = []
  #loading = false
  #stopped = false
  /** The app's clock minus this page's steady one. */
  #ahead: number | null = null
  #tellLoaded: (snapshot: AppSnapshot) => void = () => undefined
  readonly #bridge: Pick<MainBridge, 'load' | 'onChanged'>
  /** The first snapshot. */
  readonly loaded = new Promise<AppSnapshot>((resolve) => {
    this.#tellLoaded = resolve
  })

  constructor(bridge: Pick<MainBridge, 'load' | 'onChanged'>) {
    this.#bridge = bridge
  }

  /** Null until the first answer of main. */
  get snapshot(): AppSnapshot | null {
    return this.#snapshot
  }

  /** The time on the app's clock. Like that one it never jumps, except over a sleep of the machine. */
  now(): number {
    return this.#ahead === null ? Date.now() : performance.now() + this.#ahead
  }

  readonly locale: Locale = $derived(this.#snapshot?.locale ?? 'en')
  readonly strings: Catalogue = $derived(catalogue(this.locale))
  /** Calls that can be answered here; the first is the one that keys mean. */
  readonly incoming: readonly CallView[] = $derived(answerable(this.#snapshot?.calls ?? []))
  readonly live: readonly CallView[] = $derived((this.#snapshot?.calls ?? []).filter((call) => isLive(call.status)))
  /** The person signed in, or null. */
  readonly me = $derived.by(() => {
    const account = this.#snapshot?.account
    return account?.state === 'signedIn' ? account : null
  })
  // Apart, so that what follows from it is made anew with the directory alone.
  readonly #directory: readonly DirectoryEntry[] = $derived(this.#snapshot?.directory ?? none)
  /** Everybody but oneself. */
  readonly contacts: readonly DirectoryEntry[] = $derived(
    this.#directory.filter((entry) => entry.userId !== this.me?.user.userId)
  )

  /** Follows main from now on; the returned function ends that. */
  start(): () => void {
    this.#stopped = false
    const unsubscribe = this.#bridge.onChanged((patch) => this.#receive(patch))
    this.#load()
    return () => {
      this.#stopped = true
      unsubscribe()
    }
  }

  #hold(held: Held): void {
    this.#held = held
    this.#snapshot = held.snapshot
    this.#tellLoaded(held.snapshot)
  }

  #receive(patch: SnapshotPatch): void {
    this.#ahead = patch.now - performance.now()
    this.#apply(patch)
  }

  #apply(patch: SnapshotPatch): void {
    if (this.#loading || this.#held === null) {
      this.#waiting.push(patch)
      return
    }
    const next = applyPatch(this.#held, patch)
    if (next === 'known') return
    if (next === 'gap') this.#load()
    else this.#hold(next)
  }

  #load(): void {
    if (this.#loading || this.#stopped) return
    this.#loading = true
    void this.#bridge.load({}).then((answer) => {
      this.#loading = false
      if (this.#stopped) return
      if (!answer.ok) {
        setTimeout(() => this.#load(), reloadAfterMs)
        return
      }
      const waiting = this.#waiting
      this.#waiting = []
      this.#ahead = answer.value.now - performance.now()
      this.#hold(answer.value)
      for (const patch of waiting) this.#apply(patch)
    })
  }
}
