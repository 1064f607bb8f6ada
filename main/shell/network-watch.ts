// Looks four times a second whether this machine's network addresses are still the same. Knows no Electron and connects nothing.
import { networkInterfaces } from 'node:os'
import type { Clock } from '../../common/time.ts'

const lookEveryMs = 250

type Interfaces = ReturnType<typeof networkInterfaces>

/**
 * The addresses by which a server is reached from here. Those of IPv6 that are good for one link only are none of them: they
 * come and go with containers and virtual machines, and no call goes over them.
 */
export const outsideAddresses = (interfaces: Interfaces = networkInterfaces()): readonly string[] =>
  Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
    .map(({ address }) => address)

export type NetworkChange =
  /** An address is no more: what is connected from it is dead, and nobody will say so. */
  | 'moved'
  /** There are only more than before. */
  | 'grown'

/** Calls `changed` while running, when the addresses are others than at the look before. */
export const createNetworkWatch = (deps: {
  readonly clock: Clock
  readonly addresses: () => readonly string[]
  readonly changed: (change: NetworkChange) => void
}): { readonly run: (isWanted: boolean) => void } => {
  let stop: (() => void) | null = null
  const look = (before: ReadonlySet<string>): void => {
    stop = deps.clock.at(deps.clock.now() + lookEveryMs, () => {
      const now = new Set(deps.addresses())
      look(now)
      if ([...before].some((address) => !now.has(address))) deps.changed('moved')
      else if (now.size > before.size) deps.changed('grown')
    })
  }
  return {
    run: (isWanted) => {
      if (isWanted && stop === null) look(new Set(deps.addresses()))
      if (!isWanted) {
        stop?.()
        stop = null
      }
    }
  }
}
