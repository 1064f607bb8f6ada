// When this server was last alive, for the next run of it: the time of an otherwise empty file in the data folder. It asks
// no database, which may be away just when it matters.
import { open, stat, utimes } from 'node:fs/promises'
import type { Logger } from '../../common/log.ts'
import { secondMs, type Clock, type EpochMs } from '../../common/time.ts'

export type Alive = {
  /** When the run before this one was last known to be alive, to within a few seconds; null where nobody knows. */
  readonly lastAt: EpochMs | null
  /** Marks the last moment of this run. */
  readonly stop: () => Promise<void>
}

const everyMs = 5 * secondMs

/** From now on the file tells that this run is alive; it is made if it is not there. */
export const startAlive = async (
  file: string,
  { clock, log }: { readonly clock: Clock; readonly log: Logger }
): Promise<Alive> => {
  const before = await stat(file).catch(() => null)
  await (await open(file, 'a', 0o600)).close()
  // One after the other: of two marks under way at once the file system may keep the older one.
  let marked = Promise.resolve()
  const mark = (): Promise<void> => {
    const seconds = clock.now() / secondMs
    marked = marked.then(() =>
      utimes(file, seconds, seconds).catch((error: unknown) => {
        log.warn('not marked as alive', { error: String(error) })
      })
    )
    return marked
  }
  const again = (): (() => void) =>
    clock.at(clock.now() + everyMs, () => {
      cancel = again()
      void mark()
    })
  let cancel = again()
  await mark()
  return {
    lastAt: before === null ? null : Math.round(before.mtimeMs),
    stop: async () => {
      cancel()
      await mark()
    }
  }
}
