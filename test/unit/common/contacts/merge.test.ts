// Who is the same person, and that a merge loses nothing: by cases, and by contacts at random.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSamePerson, mergeTwo, planImport, planMerge, type NewContact } from '../../../../common/contacts/merge.ts'
import { numberKey } from '../../../../common/contacts/number.ts'
import type { Contact } from '../../../../common/types.ts'
import { askedSeed } from '../../../support/seed.ts'
import { newPerson, person } from './people.ts'

const seed = askedSeed(4)
const counted = (prefix = 'new') => {
  let count = 0
  return () => `${prefix}${(count += 1)}`
}

describe('the same person', () => {
  it.each<[string, NewContact, NewContact, boolean]>([
    [
      'name and number',
      newPerson('Ali Karimi', ['0912 123 4567']),
      newPerson('ali  karimi', ['+98 912 123 4567']),
      true
    ],
    ['letters of either keyboard', newPerson('علي', ['1']), newPerson('علی', ['۱']), true],
    [
      'name and address',
      newPerson('Ali', ['1'], { emails: ['A@b.c'] }),
      newPerson('Ali', [], { emails: ['a@B.c'] }),
      true
    ],
    ['a name alone', newPerson('Ali'), newPerson('Ali', ['1'], { company: 'X' }), true],
    ['a name and its company', newPerson('Ali', [], { company: 'x' }), newPerson('Ali', ['1'], { company: 'X' }), true],
    ['a number without a name', newPerson('101', ['101']), newPerson('Ali', ['101']), true],
    [
      'an address without a name',
      newPerson('a@b.c', [], { emails: ['a@b.c'] }),
      newPerson('Ali', [], { emails: ['a@b.c'] }),
      true
    ],
    ['one name, two numbers', newPerson('Ali', ['1']), newPerson('Ali', ['2']), false],
    [
      'one name, two companies',
      newPerson('Ali', [], { company: 'Y' }),
      newPerson('Ali', ['1'], { company: 'X' }),
      false
    ],
    ['one number, two names', newPerson('Ali', ['1']), newPerson('Sara', ['1']), false],
    ['nothing in common', newPerson('Ali', ['1']), newPerson('Sara', ['2']), false]
  ])('by %s: %#', (_, one, other, is) => {
    expect(isSamePerson(one, other)).toBe(is)
    expect(isSamePerson(other, one)).toBe(is)
  })
})

describe('a merge', () => {
  it('keeps the first spelling, adds what is new, and knows a label where one side does', () => {
    const one = newPerson('Ali', ['0912 123 4567'], { note: 'met in Shiraz', emails: ['a@b.c'] })
    const other = newPerson('ali', [], {
      company: 'X',
      numbers: [
        { label: 'mobile', value: '09121234567' },
        { label: 'work', value: '101' }
      ],
      emails: ['A@B.C', 'd@e.f'],
      note: 'met in Shiraz\nlikes tea'
    })
    expect(mergeTwo(one, other)).toEqual({
      name: 'Ali',
      company: 'X',
      numbers: [
        { label: 'mobile', value: '0912 123 4567' },
        { label: 'work', value: '101' }
      ],
      emails: ['a@b.c', 'd@e.f'],
      note: 'met in Shiraz\nlikes tea'
    })
  })

  it('takes the real name, and keeps in the note what it cannot keep elsewhere', () => {
    const nameless = newPerson('101', ['101'], { company: 'Old', note: 'a note that mentions New' })
    expect(mergeTwo(nameless, newPerson('Ali', ['101'], { company: 'New' }))).toMatchObject({
      name: 'Ali',
      company: 'Old',
      note: 'a note that mentions New\nNew'
    })
  })

  it('is none where it would hold more than a contact may', () => {
    const numbers = (from: number) => Array.from({ length: 6 }, (_, index) => String(from + index))
    expect(mergeTwo(newPerson('Ali', numbers(10)), newPerson('Ali', numbers(20)))).toBeNull()
    expect(
      mergeTwo(
        newPerson('Ali', ['1'], { note: 'a'.repeat(1_500) }),
        newPerson('Ali', ['1'], { note: 'b'.repeat(1_500) })
      )
    ).toBeNull()
    expect(mergeTwo(newPerson('Ali', numbers(10)), newPerson('Ali', numbers(12)))?.numbers).toHaveLength(8)
  })
})

describe('an import', () => {
  it('adds who is new, fills up who is known, and counts', () => {
    const ali = person('Ali', ['101'])
    const sara = person('Sara', ['102'])
    const incoming = [
      newPerson('Ali', ['101', '09121234567']),
      newPerson('Sara', ['102']),
      newPerson('Reza', ['103']),
      newPerson('reza', ['103', '104']),
      newPerson('Reza', ['103']),
      newPerson('Ali', ['09121234567'])
    ]
    const plan = planImport([ali, sara], incoming, counted())
    expect(plan).toMatchObject({ added: 1, changed: 1, merged: 5, same: 1, repeated: 3 })
    expect(plan.save).toEqual([
      { ...ali, numbers: [...ali.numbers, { label: 'other', value: '09121234567' }] },
      { ...newPerson('Reza', ['103', '104']), id: 'new1' }
    ])
  })

  it('of ten thousand into ten thousand is not ten thousand times ten thousand comparisons', () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      newPerson(`Person ${index}`, [`+98912${1_000_000 + index}`])
    )
    const first = planImport([], many, counted())
    expect(first.added).toBe(10_000)
    expect(planImport(first.save, many, counted())).toEqual({
      save: [],
      added: 0,
      changed: 0,
      merged: 10_000,
      same: 10_000,
      repeated: 0
    })
  })
})

const some = (...values: string[]) => fc.constantFrom(...values)
const anyone: fc.Arbitrary<NewContact> = fc.record({
  name: some('Ali', 'ali', 'علي', 'علی', '101', 'a@b.c', 'Sara', '09121234567'),
  company: some('', '', 'X', 'x', 'Y'),
  numbers: fc.array(
    fc.record({
      label: fc.constantFrom('mobile', 'work', 'other'),
      value: some('101', '۱۰۱', '102', '0912 123 4567', '+989121234567')
    }),
    { maxLength: 3 }
  ),
  emails: fc.array(some('a@b.c', 'A@b.c', 'd@e.f'), { maxLength: 2 }),
  note: some('', '', 'one', 'one\ntwo', 'two')
})
const people = fc.array(anyone, { maxLength: 12 })
const withIds = (contacts: readonly NewContact[]): Contact[] =>
  contacts.map((contact, index) => ({ ...contact, id: `k${index}` }))
const apply = (known: readonly Contact[], save: readonly Contact[], remove: readonly string[] = []): Contact[] => {
  const book = new Map(known.map((contact) => [contact.id, contact]))
  for (const contact of save) book.set(contact.id, contact)
  for (const id of remove) book.delete(id)
  return [...book.values()]
}

/** All that is said of anybody, by contact: what a merge must not lose. */
const saidOf = ({ name, company, numbers, emails, note }: NewContact): readonly string[] => [
  name,
  company,
  ...numbers.map(({ value }) => numberKey(value)),
  ...emails,
  ...note.split('\n')
]
const holds = (contact: NewContact, other: NewContact): boolean => {
  const said = new Set(saidOf(contact).map((text) => numberKey(text)))
  return saidOf(other).every((text) => text === '' || said.has(numberKey(text)))
}

describe(`any contacts (seed ${seed})`, () => {
  const settings = { seed, numRuns: 500 }

  it('are all there after an import, and the same import again changes nothing', () => {
    fc.assert(
      fc.property(people, people, (before, incoming) => {
        const known = withIds(before)
        const plan = planImport(known, incoming, counted())
        const after = apply(known, plan.save)
        for (const one of [...known, ...incoming]) expect(after.some((contact) => holds(contact, one))).toBe(true)
        expect(plan.added + plan.merged).toBe(incoming.length)
        expect(after).toHaveLength(known.length + plan.added)
        const again = planImport(after, incoming, counted('again'))
        expect(again.save).toEqual([])
      }),
      settings
    )
  })

  it('are all there after their doubles were merged, and then there are none', () => {
    fc.assert(
      fc.property(people, (before) => {
        const known = withIds(before)
        const { save, remove } = planMerge(known)
        const after = apply(known, save, remove)
        for (const one of known) expect(after.some((contact) => holds(contact, one))).toBe(true)
        expect(save.every(({ id }) => !remove.includes(id))).toBe(true)
        expect(after).toHaveLength(known.length - remove.length)
        expect(planMerge(after)).toEqual({ save: [], remove: [] })
      }),
      settings
    )
  })
})
