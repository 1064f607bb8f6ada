// @vitest-environment happy-dom
// Arrows in a popover: from its button into it, around, to its ends; nowhere else.
import { beforeEach, expect, it } from 'vitest'
import { popoverKeys } from '../../../../renderer/ui/popover-keys.ts'

const one = (id: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`#${id}`)
  if (found === null) throw new Error(`no ${id}`)
  return found
}

/** Presses them one after the other, where the focus is; says where it was after each. */
const after = (...keys: readonly (string | KeyboardEventInit)[]): readonly string[] =>
  keys.map((key) => {
    const event = new KeyboardEvent('keydown', {
      bubbles: true,
      cancelable: true,
      ...(typeof key === 'string' ? { key } : key)
    })
    document.activeElement?.dispatchEvent(event)
    return `${document.activeElement?.id ?? ''}${event.defaultPrevented ? '' : ', not taken'}`
  })

beforeEach(() => {
  document.body.innerHTML = `<button id="opener"></button><input id="outside" />
    <div id="popover"><button id="a"></button><button id="off" disabled></button><button id="b"></button>
    <select id="choice"></select><button id="c"></button></div>`
  document.body.onkeydown = (event) => popoverKeys(event, one('popover'), one('opener'))
})

it('go into it from its button, from either end', () => {
  one('opener').focus()
  expect(after('ArrowDown')).toEqual(['a'])
  one('opener').focus()
  expect(after('ArrowUp')).toEqual(['c'])
})

it('go around and to the ends, past what cannot be pressed', () => {
  one('a').focus()
  expect(after('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End')).toEqual(['b', 'c', 'a', 'c', 'a', 'c'])
})

it('stay with whoever has keys of their own', () => {
  for (const id of ['choice', 'outside']) {
    one(id).focus()
    expect(after('ArrowDown', 'End')).toEqual([`${id}, not taken`, `${id}, not taken`])
  }
  one('opener').focus()
  expect(after('End', 'Enter')).toEqual(['opener, not taken', 'opener, not taken'])
  one('a').focus()
  expect(after({ key: 'ArrowDown', altKey: true })).toEqual(['a, not taken'])
})

it('stay with what is read beside the only button, which they scroll', () => {
  one('popover').innerHTML = '<p></p><button id="a"></button>'
  one('opener').focus()
  expect(after('ArrowDown', 'ArrowDown', 'End')).toEqual(['a', 'a, not taken', 'a, not taken'])
})

it('stay with whoever took the key already', () => {
  one('a').focus()
  one('a').onkeydown = (event) => event.preventDefault()
  expect(after('ArrowDown')).toEqual(['a'])
})

it('do nothing where there is nothing to press', () => {
  one('popover').innerHTML = ''
  one('opener').focus()
  expect(after('ArrowDown')).toEqual(['opener, not taken'])
})
