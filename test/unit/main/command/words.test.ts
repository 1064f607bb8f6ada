// The words of a command line: which are commands, which are wrong, and that a link is never one.
import { describe, expect, it } from 'vitest'
import { argumentsAfter, readWords } from '../../../../main/command/words.ts'

describe('a command line is', () => {
  it.each([
    ['dial 101', { name: 'dial', to: '101', patient: false }],
    ['dial ۰۹۱۲ ۳۴۵ ۶۷۸۹', { name: 'dial', to: '09123456789', patient: false }],
    ['dial +98 (21) 88-77', { name: 'dial', to: '+98218877', patient: false }],
    ['dial sara', { name: 'dial', to: 'sara', patient: false }],
    ['dial tel:+98-21-88;ext=7', { name: 'dial', to: '+982188', patient: false }],
    ['--hidden --user-data-dir=/x hangup', { name: 'hangup' }],
    ['answer', { name: 'answer' }],
    ['decline', { name: 'decline' }],
    ['mute', { name: 'mute', change: 'toggle' }],
    ['mute on', { name: 'mute', change: 'on' }],
    ['hold off', { name: 'hold', change: 'off' }],
    ['show', { name: 'show' }],
    ['quit', { name: 'quit' }],
    ['status', { name: 'status' }]
  ])('%s', (line, command) => {
    expect(readWords(line.split(' '))).toEqual({ kind: 'command', command, json: false })
  })
  it('status for programs', () => {
    expect(readWords(['status', '--json'])).toEqual({ kind: 'command', command: { name: 'status' }, json: true })
  })
  it.each([['--help'], ['-h'], ['help'], ['--hidden --help'], ['mute --help']])('help: %s', (line) => {
    expect(readWords(line.split(' '))).toEqual({ kind: 'help' })
  })
  it.each([['--version'], ['version']])('the version: %s', (line) => {
    expect(readWords([line])).toEqual({ kind: 'version' })
  })
})

describe('the app itself is wanted', () => {
  it.each([
    [[]],
    [['--hidden']],
    [['--', 'tel:101']],
    [['tel:101']],
    // What a page of the web could put into a link comes behind the hyphens, whatever it looks like.
    [['--', 'dial', '101']],
    [['--', 'quit']],
    [['--', '--help']],
    [['--user-data-dir=/x', '--', 'dial 101']]
  ])('by %j', (args) => {
    expect(readWords(args)).toEqual({ kind: 'app' })
  })
})

describe('wrong is', () => {
  it.each([
    ['call 101', 'unknown', 'call'],
    ['dial', 'noNumber', ''],
    ['dial two words', 'notDialable', ''],
    ['dial tamas://join?call=1', 'notDialable', ''],
    ['answer now', 'unexpected', 'now'],
    ['mute maybe', 'unexpected', 'maybe'],
    ['mute on off', 'unexpected', 'off'],
    ['mute constructor', 'unexpected', 'constructor'],
    ['status --xml', 'unexpected', '--xml']
  ])('%s', (line, why, word) => {
    expect(readWords(line.split(' '))).toEqual({ kind: 'wrong', why, word })
  })
})

describe('what follows the program', () => {
  const resolved = (argument: string) => (argument === '.' ? '/clone' : argument)
  it('in a package is all', () => {
    expect(argumentsAfter(['tamas', 'status'], null, resolved)).toEqual(['status'])
  })
  it('in development follows the folder of the app, and Electron’s own arguments', () => {
    const line = ['electron', '--inspect=0', '-r', '/hold.cjs', '.', '--user-data-dir=/x', 'status']
    expect(argumentsAfter(line, '/clone', resolved)).toEqual(['--user-data-dir=/x', 'status'])
  })
})
