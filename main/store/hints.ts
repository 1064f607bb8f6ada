// What the person has been told once and need not be told again. Tells nothing.
import { z } from 'zod'
import type { Logger } from '../../common/log.ts'
import { createJsonFile } from './json-file.ts'

const hints = z.array(z.enum(['hidden', 'minimized']))
export type Hint = z.infer<typeof hints>[number]

export type Hints = {
  readonly wasTold: (hint: Hint) => boolean
  readonly remember: (hint: Hint) => void
  readonly settled: () => Promise<void>
}

/** Resolves with the hints read. A file that can't be read costs a sentence that is said twice. */
export const openHints = async (options: { readonly file: string; readonly log: Logger }): Promise<Hints> => {
  const stored = createJsonFile<readonly Hint[]>({ ...options, parse: (value) => hints.parse(value), fallback: [] })
  let told = await stored.load()
  return {
    wasTold: (hint) => told.includes(hint),
    remember: (hint) => {
      if (told.includes(hint)) return
      told = [...told, hint]
      void stored.save(told) // A failure is logged there.
    },
    settled: stored.settled
  }
}
