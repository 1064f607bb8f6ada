// Short notes that an action failed. They go by themselves; one that says the same is not said twice.
import type { ErrorCode } from '../../common/errors.ts'
import type { Result } from '../../common/result.ts'

export type Toast = { readonly id: number; readonly code: ErrorCode }

const shownMs = 7_000

export class Toasts {
  #list = $state.raw<readonly Toast[]>([])
  #last = 0

  get list(): readonly Toast[] {
    return this.#list
  }

  add(code: ErrorCode): void {
    const id = ++this.#last
    this.#list = [...this.#list.filter((toast) => toast.code !== code), { id, code }].slice(-3)
    setTimeout(() => this.dismiss(id), shownMs)
  }

  /** What is true no longer is not said any longer. */
  forget(codes: readonly ErrorCode[]): void {
    this.#list = this.#list.filter((toast) => !codes.includes(toast.code))
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id)
  }

  /** Tells of a failure; `cancelled` was the person's own wish. */
  async watch(asked: Promise<Result<unknown>>): Promise<void> {
    const answer = await asked
    if (!answer.ok && answer.error.code !== 'cancelled') this.add(answer.error.code)
  }
}
