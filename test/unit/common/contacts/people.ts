// Contacts for tests, by what matters to them.
import type { NewContact } from '../../../../common/contacts/merge.ts'
import type { Contact } from '../../../../common/types.ts'

export const newPerson = (
  name: string,
  numbers: readonly string[] = [],
  part: Partial<NewContact> = {}
): NewContact => ({
  name,
  company: '',
  numbers: numbers.map((value) => ({ label: 'other', value })),
  emails: [],
  note: '',
  ...part
})

let count = 0
export const person = (name: string, numbers: readonly string[] = [], part: Partial<Contact> = {}): Contact => ({
  id: `c${(count += 1)}`,
  ...newPerson(name, numbers),
  ...part
})
