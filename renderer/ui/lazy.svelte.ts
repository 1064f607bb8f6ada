// A component that is fetched when it is first asked for: what the first picture does not need is not in its way.
import type { Component } from 'svelte'

/**
 *   unknown ──current or load()──▶ on its way ──▶ there
 *      └──────── failed: reported ◀────┘
 */
export class Lazy<C> {
  #current = $state.raw<C | null>(null)
  #loading: Promise<void> | null = null
  readonly #fetch: () => Promise<{ readonly default: C }>

  constructor(fetch: () => Promise<{ readonly default: C }>) {
    this.#fetch = fetch
  }

  /** Null while it is on its way; to ask is to fetch it. */
  get current(): C | null {
    if (this.#current === null) void this.load()
    return this.#current
  }

  /** Resolves when it is there, or can't be had: then whoever asks next tries again. */
  load(): Promise<void> {
    this.#loading ??= this.#fetch().then(
      (fetched) => {
        this.#current = fetched.default
      },
      (error: unknown) => {
        this.#loading = null
        reportError(error)
      }
    )
    return this.#loading
  }
}

/** Fetches them one after the other, each when the page has nothing else to do; the returned function ends that. */
export const loadWhenIdle = (all: readonly Lazy<Component<never>>[]): (() => void) => {
  let stopped = false
  const next = (at: number) => {
    requestIdleCallback(() => {
      const one = all[at]
      if (stopped || one === undefined) return
      void one.load().then(() => next(at + 1))
    })
  }
  next(0)
  return () => {
    stopped = true
  }
}
