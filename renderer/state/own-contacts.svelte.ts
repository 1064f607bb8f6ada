// The page's copy of the own contacts: loaded when the snapshot says that they have changed, which is seldom.
import type { MainBridge } from '../../common/ipc.ts'
import type { LinkState } from '../../common/snapshot.ts'
import type { Contact } from '../../common/types.ts'

const reloadAfterMs = 1_000

/**
 *   empty ──follow(rev)──▶ loading ──answer──▶ there ──another rev──▶ loading …
 *                             └──failure, after 1 s──▶ loading
 */
export class OwnContacts {
  #list = $state.raw<readonly Contact[]>([])
  #there = $state.raw(false)
  #revision = $state.raw(0)
  #wanted = -1
  #known = -1
  #loading = false
  #again: ReturnType<typeof setTimeout> | undefined
  readonly #load: MainBridge['loadContacts']

  constructor(load: MainBridge['loadContacts']) {
    this.#load = load
  }

  get list(): readonly Contact[] {
    return this.#list
  }

  /** Whether they were loaded once. */
  get there(): boolean {
    return this.#there
  }

  /** The server's count of their changes, up to which they are known. */
  get revision(): number {
    return this.#revision
  }

  /** The snapshot's `contactsRev`: loads what belongs to it. */
  follow(rev: number): void {
    this.#wanted = rev
    if (this.#loading || this.#known === rev) return
    this.#loading = true
    void this.#load({}).then((answer) => {
      this.#loading = false
      if (answer.ok) {
        this.#known = answer.value.rev
        // None are the same none as before: nothing is made anew for it.
        if (this.#list.length + answer.value.contacts.length > 0) this.#list = answer.value.contacts
        this.#there = true
        this.#revision = answer.value.revision
        // It may have changed while it was on its way; an older answer than what is wanted is asked for again.
        if (this.#known < this.#wanted) this.follow(this.#wanted)
        return
      }
      clearTimeout(this.#again)
      this.#again = setTimeout(() => this.follow(this.#wanted), reloadAfterMs)
    })
  }

  stop(): void {
    clearTimeout(this.#again)
  }
}

/** Why nobody is in the list: there is nobody, they are on their way, or out of reach. */
export const emptyPhase = ({ state }: LinkState, there: boolean): 'there' | 'loading' | 'away' => {
  if (state === 'joined' && there) return 'there'
  return state === 'disconnected' || state === 'failed' || state === 'terminated' ? 'away' : 'loading'
}
