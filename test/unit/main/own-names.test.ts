// People under the names that the own contacts give them: all that a call or a past call names, and the same values as before.
import { expect, it } from 'vitest'
import { createNameBook, noNames } from '../../../common/contacts/names.ts'
import { createOwnNames, pastUnder } from '../../../main/own-names.ts'
import { callView, historyRow, reza, sara } from './shell/fixtures.ts'

const contact = {
  id: 'c1',
  company: '',
  emails: [],
  note: '',
  name: 'Brother',
  numbers: [{ label: 'work' as const, value: '102' }]
}
const names = createNameBook([contact])
const brother = { en: 'Brother', fa: 'Brother' }

it('stand wherever a call names somebody', () => {
  const own = createOwnNames()
  const call = callView({
    peer: sara,
    conference: [reza, sara],
    transfer: reza,
    transferFailed: { to: reza, outcome: 'no_answer' }
  })
  const [view] = own.calls(names, [call])
  expect(view).toEqual({
    ...call,
    conference: [{ ...reza, names: brother }, sara],
    transfer: { ...reza, names: brother },
    transferFailed: { to: { ...reza, names: brother }, outcome: 'no_answer' }
  })
  expect(pastUnder(names, historyRow({ peer: reza })).peer.names).toEqual(brother)
})

it('change no value that says the same: without contacts, without one that fits, and asked again', () => {
  const own = createOwnNames()
  const others = [callView({ peer: sara })]
  const both = [callView(), callView({ session: 's2', peer: sara })]
  expect(own.calls(noNames, both)).toBe(both)
  expect(own.calls(names, others)).toBe(others)
  const view = own.calls(names, both)
  expect(own.calls(names, both)).toBe(view)
  expect(own.calls(names, [...both])).toEqual(view)
  expect(own.calls(names, [...both])[0]).toBe(view[0])
  const directory = [sara, reza]
  expect(own.people(names, directory)[0]).toBe(sara)
  expect(own.people(names, directory)[1]?.names).toEqual(brother)
  // Other names: nothing of before is kept.
  expect(own.people(createNameBook([{ ...contact, name: 'Reza' }]), directory)[1]?.names.en).toBe('Reza')
  expect(own.people(noNames, directory)).toBe(directory)
})
