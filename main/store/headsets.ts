// The headsets whose buttons the person has given to the app, for the next start. Opens none.
import { z } from 'zod'
import type { Logger } from '../../common/log.ts'
import { createJsonFile } from './json-file.ts'

const number = z.number().int().min(0).max(0xffff)
const headsets = z
  .array(z.strictObject({ vendorId: number, productId: number, serialNumber: z.string().max(256) }))
  .max(50)
export type GivenHeadset = z.infer<typeof headsets>[number]

export type GivenHeadsets = {
  readonly list: () => readonly GivenHeadset[]
  readonly add: (headset: GivenHeadset) => void
  readonly remove: (headset: GivenHeadset) => void
  readonly settled: () => Promise<void>
}

/** Resolves with the file read. One that can't be read costs choosing them again. */
export const openHeadsets = async (options: {
  readonly file: string
  readonly log: Logger
}): Promise<GivenHeadsets> => {
  const stored = createJsonFile<readonly GivenHeadset[]>({
    ...options,
    parse: (value) => headsets.parse(value),
    fallback: []
  })
  let given = await stored.load()
  const without = (headset: GivenHeadset): readonly GivenHeadset[] =>
    given.filter(
      (one) =>
        one.vendorId !== headset.vendorId ||
        one.productId !== headset.productId ||
        one.serialNumber !== headset.serialNumber
    )
  const set = (next: readonly GivenHeadset[]): void => {
    given = next
    void stored.save(next) // A failure is logged there.
  }
  return {
    list: () => given,
    // The newest are kept where there are too many.
    add: (headset) => set([...without(headset), headset].slice(-50)),
    remove: (headset) => set(without(headset)),
    settled: stored.settled
  }
}
