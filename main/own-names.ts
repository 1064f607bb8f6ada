// People under the names that the person at this phone has given them, wherever they are shown. Pure, and it remembers: what
// says the same as before is the very same value, so that a patch holds only what is to be seen.
import { nameFor, noNames, type NameBook } from '../common/contacts/names.ts'
import type { CallView } from '../common/snapshot.ts'
import type { DirectoryEntry, HistoryEntry } from '../common/types.ts'

export type OwnNames = {
  readonly people: (names: NameBook, list: readonly DirectoryEntry[]) => readonly DirectoryEntry[]
  readonly calls: (names: NameBook, list: readonly CallView[]) => readonly CallView[]
  readonly past: (names: NameBook, list: readonly HistoryEntry[]) => readonly HistoryEntry[]
}

const callUnder = (names: NameBook, call: CallView): CallView => {
  const peer = nameFor(call.peer, names)
  const conference = call.conference.map((one) => nameFor(one, names))
  const transfer = call.transfer === null ? null : nameFor(call.transfer, names)
  const failedTo = call.transferFailed === null ? null : nameFor(call.transferFailed.to, names)
  const isSame =
    peer === call.peer &&
    conference.every((one, index) => one === call.conference[index]) &&
    transfer === call.transfer &&
    failedTo === (call.transferFailed?.to ?? null)
  if (isSame) return call
  const transferFailed =
    call.transferFailed === null || failedTo === null ? null : { ...call.transferFailed, to: failedTo }
  return { ...call, peer, conference, transfer, transferFailed }
}

/** A past call whose other side has the own name, where there is one. */
export const pastUnder = (names: NameBook, entry: HistoryEntry): HistoryEntry => {
  const peer = nameFor(entry.peer, names)
  return peer === entry.peer ? entry : { ...entry, peer }
}

/** A list under own names; asked again with the same list and names, or with some of the same entries, it gives the same. */
const remembering = <T extends object>(under: (names: NameBook, value: T) => T) => {
  let last: { readonly names: NameBook; readonly list: readonly T[]; readonly view: readonly T[] } | null = null
  let known = new WeakMap<T, T>()
  const one = (names: NameBook, value: T): T => {
    const before = known.get(value)
    if (before !== undefined) return before
    const view = under(names, value)
    known.set(value, view)
    return view
  }
  return (names: NameBook, list: readonly T[]): readonly T[] => {
    if (names === noNames) return list
    if (last?.names !== names) known = new WeakMap()
    if (last?.names !== names || last.list !== list) {
      const view = list.map((value) => one(names, value))
      const isSame = view.every((value, index) => value === list[index])
      last = { names, list, view: isSame ? list : view }
    }
    return last.view
  }
}

export const createOwnNames = (): OwnNames => ({
  people: remembering((names, entry) => nameFor(entry, names)),
  calls: remembering(callUnder),
  past: remembering(pastUnder)
})
