// What a contact may hold at most, and the kinds of its numbers: for schemas, files and forms alike. Constants only.

/** In the order in which they are offered. */
export const numberLabels = ['mobile', 'work', 'home', 'fax', 'other'] as const

/** Lengths in UTF-16 units, as texts are measured everywhere. */
export const contactLimits = {
  name: 128,
  company: 128,
  /** How many, and how long one is. */
  numbers: 10,
  number: 64,
  emails: 5,
  email: 254,
  note: 2_000,
  /** Of one person. */
  contacts: 10_000,
  /** Saved, and removed, in one change. */
  batch: 500
} as const
