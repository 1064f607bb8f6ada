// A contact while it is written: what is made of the fields, what is wrong with them, and when something would be lost.
import { describe, expect, it } from 'vitest'
import type { Contact } from '../../../../common/types.ts'
import { ContactDraft } from '../../../../renderer/state/contact-draft.svelte.ts'

const mina: Contact = {
  id: 'c1',
  name: 'Mina',
  company: 'Kashi',
  numbers: [{ label: 'work', value: '021 88 (intern 3)' }],
  emails: ['mina@kashi.example'],
  note: 'first\nsecond'
}
const draft = (contact: Contact | null = null) => new ContactDraft(contact, () => 'new')

describe('a draft', () => {
  it('begins with the contact, and makes it again', () => {
    const made = draft(mina)
    expect(made.toContact()).toEqual(mina)
    expect([made.changed, made.problem()]).toEqual([false, null])
  })
  it('is changed by what is typed, not by empty fields', () => {
    const made = draft()
    made.addNumber()
    made.addEmail()
    expect(made.changed).toBe(false)
    made.company = 'x'
    expect(made.changed).toBe(true)
  })
  it('leaves empty fields out, and what can’t be stored', () => {
    const made = draft()
    made.name = ' Sara\u0007\tR '
    made.note = 'a\r\nb\u0000c'
    made.addNumber(' ')
    made.addEmail('')
    expect(made.toContact()).toEqual({
      id: 'new',
      name: 'Sara R',
      company: '',
      numbers: [],
      emails: [],
      note: 'a\nb c'
    })
  })
  it.each([
    ['company', { company: 'Kashi' }, 'Kashi'],
    ['number', { number: '101' }, '101']
  ] as const)('is named by its %s where it has no name', (_what, given, name) => {
    const made = new ContactDraft(null, () => 'new', 'number' in given ? given : {})
    if ('company' in given) made.company = given.company
    expect(made.toContact().name).toBe(name)
    expect(made.problem()).toBeNull()
  })
  it('gives each number another kind, and counts them', () => {
    const made = draft()
    for (let index = 1; index < 10; index += 1) made.addNumber(String(index))
    expect(made.numbers.slice(0, 5).map(({ label }) => label)).toEqual(['mobile', 'work', 'home', 'other', 'other'])
    expect(made.canAddNumber).toBe(false)
  })
})

describe('what is wrong', () => {
  it('is that there is nothing', () => {
    expect(draft().problem()).toBe('missing')
  })
  it('is a number that nothing could dial, or an address that is none', () => {
    const made = draft()
    made.name = 'x'
    const number = made.addNumber('two words')
    expect(made.problem()).toEqual({ number })
    made.removeNumber(number)
    const email = made.addEmail('nobody')
    expect(made.problem()).toEqual({ email })
  })
  it('is nothing that was there before', () => {
    expect(draft(mina).problem()).toBeNull()
  })
})
