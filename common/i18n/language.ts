// What a language is to this app: its catalogue, and the few facts about it that no library knows.
import type { enStrings } from './en/index.ts'

/** Every leaf is a string, or a function that makes one from values. English defines the shape. */
export type Catalogue = typeof enStrings

export type Language = {
  /** What its speakers call it. */
  readonly name: string
  readonly direction: 'ltr' | 'rtl'
  /** The variety that dates and numbers are written in where the system prefers none: a BCP 47 tag with a region. */
  readonly region: string
  /** Which spelling of people's names its readers read: the directory has one in Latin, one in Persian letters. */
  readonly names: 'en' | 'fa'
  readonly strings: Catalogue
}
