// A typed event emitter of a dozen lines; a throwing listener never harms the others or the emitter.

export type Unsubscribe = () => void

export type Emitter<T> = {
  readonly on: (listener: (value: T) => void) => Unsubscribe
  readonly emit: (value: T) => void
}

/** `onError` hears what listeners throw. */
export const createEmitter = <T>(onError: (error: unknown) => void): Emitter<T> => {
  const listeners = new Set<(value: T) => void>()
  return {
    on: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    emit: (value) => {
      for (const listener of [...listeners]) {
        try {
          listener(value)
        } catch (error) {
          onError(error)
        }
      }
    }
  }
}
