// English: one form for 1 and another for the rest.
import { createPlural } from '../plural.ts'

export const plural = createPlural('en', ['one', 'other'])
