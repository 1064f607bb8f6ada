// Letters typed on a list: a word leads to its beginning, one letter again and again goes through those that begin with it.
import { expect, it } from 'vitest'
import { createTypeAhead } from '../../../../renderer/ui/list/type-ahead.ts'

const rows = ['arash', 'کیان مرادی', 'kian', 'kaveh', 'sara', 'سارا']

const typing = () => {
  let now = 0
  let current = 0
  const ahead = createTypeAhead(() => now)
  return {
    ahead,
    wait: (ms: number) => {
      now += ms
    },
    type: (letters: string) => {
      for (const letter of letters) {
        const found = ahead.type(letter, current, rows.length, (row) => rows[row] ?? '')
        current = found ?? current
        now += 100
      }
      return rows[current]
    }
  }
}

it('leads to the row that begins with what was typed, whatever the keyboard', () => {
  expect(typing().type('ka')).toBe('kaveh')
  expect(typing().type('S')).toBe('sara')
  expect(typing().type('كي')).toBe('کیان مرادی')
})

it('goes on to the next with the same letter, and round', () => {
  const { type } = typing()
  expect([type('k'), type('k'), type('k')]).toEqual(['kian', 'kaveh', 'kian'])
})

it('begins a new word after a pause', () => {
  const { type, wait } = typing()
  expect(type('k')).toBe('kian')
  wait(1_000)
  expect(type('s')).toBe('sara')
})

it('stays where nothing begins so, and takes a blank into a word only', () => {
  const { type, ahead, wait } = typing()
  expect(type('x')).toBe('arash')
  wait(1_000)
  expect(ahead.isTyping()).toBe(false)
  expect(type('کیان م')).toBe('کیان مرادی')
  expect(ahead.isTyping()).toBe(true)
})
