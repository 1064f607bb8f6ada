// In what two versions of one contact differ, field by field, as they are shown beside each other. Pure.
import { isolated } from './people.ts'
import type { Contact, NumberLabel } from '../../common/types.ts'

type Labels = Readonly<Record<NumberLabel, string>>

const comparedFields = ['name', 'company', 'numbers', 'emails', 'note'] as const

export type Difference = {
  readonly field: (typeof comparedFields)[number]
  /** One for each line; none where it is empty. */
  readonly mine: readonly string[]
  readonly theirs: readonly string[]
}

const linesOf = (
  { numbers, emails, ...texts }: Contact,
  field: Difference['field'],
  labels: Labels
): readonly string[] => {
  if (field === 'numbers') return numbers.map(({ label, value }) => `${labels[label]}: ${isolated(value)}`)
  if (field === 'emails') return emails
  return texts[field] === '' ? [] : [texts[field]]
}

/** The fields that differ; numbers also by what kind they are. */
export const differencesOf = (mine: Contact, theirs: Contact, labels: Labels): readonly Difference[] =>
  comparedFields
    .filter((field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs[field]))
    .map((field) => ({ field, mine: linesOf(mine, field, labels), theirs: linesOf(theirs, field, labels) }))
