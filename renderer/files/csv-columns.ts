// Which column of a table of contacts holds what, by its heading: those of Google (old and new), of Outlook, and what people
// write themselves, in English and Persian. Pure.
import { fold } from '../../common/fold.ts'
import type { NumberLabel } from '../../common/types.ts'
import { labelOf } from './make-contact.ts'

export type Column =
  | { readonly holds: 'before' | 'given' | 'middle' | 'family' | 'after' }
  | { readonly holds: 'name' | 'nickname' | 'company' | 'note' | 'email' }
  /** `labelAt`: the column that says which kind of number it is. */
  | { readonly holds: 'number'; readonly label: NumberLabel; readonly labelAt: number | null }

type Simple = Exclude<Column['holds'], 'number'>

const headings: readonly (readonly [RegExp, Simple])[] = [
  [/^(given|first) name$|^نام کوچک$/, 'given'],
  [/^(additional|middle) name$/, 'middle'],
  [/^(family|last) name$|^surname$|^نام خانوادگی$/, 'family'],
  [/^(name prefix|title)$/, 'before'],
  [/^(name )?suffix$/, 'after'],
  [/^(full |display )?name$|^file as$|^contact( name)?$|^نام( و نام خانوادگی)?$|^نام کامل$/, 'name'],
  [/^nickname$/, 'nickname'],
  [/^(company|organi[sz]ation)( name)?$|^organi[sz]ation 1 name$|^شرکت$|^سازمان$/, 'company'],
  [/^notes?$|^comments?$|^یادداشت$|^توضیحات$/, 'note'],
  [/^e ?mail( \d+)?( address| value)?$|^ایمیل( \d+)?$|^رایانامه( \d+)?$/, 'email']
]

// Addresses of the post, names as they are spoken and what else has such words in its heading is no number.
const numberHeading =
  /\b(phone|telephone|tel|mobile|cell|fax|pager|number|isdn|telex)\b|تلفن|موبایل|همراه|شماره|نمابر|فکس/
const noNumber = /\b(label|type|phonetic|id|street|box|account|assistant name)\b|^tty|^government|^organi[sz]ational/

/** What a heading that says no more than "name" means beside a column of family names. */
const bareName = /^(name|نام)$/

const simplify = (heading: string): string =>
  fold(heading)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const columnOf = (heading: string, all: readonly string[]): Column | null => {
  const simple = headings.find(([shape]) => shape.test(heading))?.[1]
  if (simple !== undefined) return { holds: simple }
  if (!numberHeading.test(heading) || noNumber.test(heading)) return null
  const beside = /^(phone \d+) value$/.exec(heading)?.[1]
  const labelAt =
    beside === undefined ? -1 : all.findIndex((other) => other === `${beside} label` || other === `${beside} type`)
  return { holds: 'number', label: labelOf(heading), labelAt: labelAt === -1 ? null : labelAt }
}

/** By column; null where nothing of it is a heading that is known, so that the first row is somebody already. */
export const columnsOf = (row: readonly string[]): readonly (Column | null)[] | null => {
  const simple = row.map(simplify)
  const found = simple.map((heading) => columnOf(heading, simple))
  const has = (holds: Column['holds']): boolean => found.some((column) => column?.holds === holds)
  // "Name, Surname": the whole name is in two columns, and the first is the given one.
  const columns = found.map((column, index): Column | null =>
    has('family') && !has('given') && bareName.test(simple[index] ?? '') ? { holds: 'given' } : column
  )
  const names: readonly Column['holds'][] = ['name', 'given', 'family', 'nickname', 'company']
  const isHeading = columns.some((column) => column !== null && names.includes(column.holds))
  return isHeading || columns.every((column) => column !== null) ? columns : null
}
