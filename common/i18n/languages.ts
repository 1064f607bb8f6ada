// The languages of the app, in the order in which they are offered. Adding one: a folder beside these, and its line here.
import { en } from './en/index.ts'
import { fa } from './fa/index.ts'
import type { Language } from './language.ts'

/** By the language's code (ISO 639): systems that prefer it get it. */
export const languages = { en, fa } satisfies Readonly<Record<string, Language>>
