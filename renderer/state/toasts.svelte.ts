// Short notes: that an action failed, or what has changed by itself. They go by themselves; one about the same replaces
// the one before.
import type { ErrorCode } from '../../common/errors.ts'
import type { Catalogue } from '../../common/i18n/index.ts'
import type { Result } from '../../common/result.ts'

export type Toast = {
  readonly id: number
  /** What it is about. */
  readonly key: string
  readonly kind: 'failed' | 'told'
  readonly words: (strings: Catalogue) => string
}

const shownMs = 7_000

export class Toasts {
  #list = $state.raw<readonly Toast[]>([])
  #last = 0

  get list(): readonly Toast[] {
    return this.#list
  }

  /** An action failed. */
  add(code: ErrorCode): void {
    this.#show(code, 'failed', ({ errors }) => errors[code])
  }

  /** Something changed that nobody here has done. */
  tell(key: string, words: Toast['words']): void {
    this.#show(key, 'told', words)
  }

  /** What is true no longer is not said any longer. */
  forget(keys: readonly string[]): void {
    this.#list = this.#list.filter((toast) => !keys.includes(toast.key))
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id)
  }

  /** Tells of a failure; `cancelled` was the person's own wish. */
  async watch(asked: Promise<Result<unknown>>): Promise<void> {
    const answer = await asked
    if (!answer.ok && answer.error.code !== 'cancelled') this.add(answer.error.code)
  }

  #show(key: string, kind: Toast['kind'], words: Toast['words']): void {
    const id = ++this.#last
    this.#list = [...this.#list.filter((toast) => toast.key !== key), { id, key, kind, words }].slice(-3)
    setTimeout(() => this.dismiss(id), shownMs)
  }
}
