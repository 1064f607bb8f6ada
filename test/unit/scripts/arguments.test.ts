// The scripts' arguments: what was given, and one sentence for what does not fit.
import { expect, it } from 'vitest'
import { ArgumentError, readArguments } from '../../../scripts/support/arguments.ts'

const options = { quick: { type: 'boolean', default: false }, note: { type: 'string', default: '' } } as const

it('reads what was given, defaults for the rest', () => {
  expect(readArguments(options, [])).toEqual({ quick: false, note: '' })
  expect(readArguments(options, ['--quick', '--note', 'a b'])).toEqual({ quick: true, note: 'a b' })
  expect(readArguments(options, ['--note=--x'])).toEqual({ quick: false, note: '--x' })
})

it.each([
  [['--nosuch'], 'There is no option --nosuch: choose from --quick, --note <…>.'],
  [['-q'], 'There is no option -q: choose from --quick, --note <…>.'],
  [['--toString'], 'There is no option --toString: choose from --quick, --note <…>.'],
  [['quick'], 'quick is not expected here: choose from --quick, --note <…>.'],
  [['--quick=1'], '--quick takes no value.'],
  [['--note'], '--note needs a value.'],
  [['--note', '--quick'], '--note needs a value.']
])('%j is refused', (args, sentence) => {
  expect(() => readArguments(options, args)).toThrow(new ArgumentError(sentence))
})

it('says so where nothing can be given', () => {
  expect(() => readArguments({}, ['--nosuch'])).toThrow('There is no option --nosuch: none can be given.')
})
