// What a page complains of, as older and newer Electrons tell it.
import { expect, it } from 'vitest'
import { complaintOf } from '../../../../main/shell/page-errors.ts'

it.each([
  ['an error, older Electrons', [{}, 3, 'it broke', 7, 'app://tamas/index.js'], 'it broke'],
  ['a warning, older Electrons', [{}, 2, 'take care', 7, 'app://tamas/index.js'], null],
  ['an error, newer Electrons', [{ level: 'error', message: 'it broke' }], 'it broke'],
  ['a warning, newer Electrons', [{ level: 'warning', message: 'take care' }], null],
  ['nothing that is known', [7], null]
])('%s', (_name, told, complaint) => {
  expect(complaintOf(told)).toBe(complaint)
})
