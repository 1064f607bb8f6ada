// What people are found by.
import { expect, it } from 'vitest'
import { holdsWords, searchText, searchWords } from '../../../common/search-text.ts'

const reza = { username: '+982170۰1', names: { en: 'Ali-Reza Hosseini', fa: 'علي‌رضا حسینی نژاد' } }
const finds = (query: string): boolean => holdsWords(searchText(reza), searchWords(query))

it.each([
  '',
  ' \u200c ',
  'reza ali',
  'حسینینژاد',
  'حسینی نژاد',
  'عليرضا',
  'علی‌رضا',
  '70',
  '۷۰۰۱',
  '+98 (21) 70-01',
  '98217'
])('finds by %j', (query) => {
  expect(finds(query)).toBe(true)
})

it.each(['reza x', 'kian', '71', '+99'])('does not find by %j', (query) => {
  expect(finds(query)).toBe(false)
})
