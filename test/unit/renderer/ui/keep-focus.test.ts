// @vitest-environment happy-dom
// The focus goes to what takes a button's place, and between the list, a card and the form; never to nowhere.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ok } from '../../../../common/result.ts'
import { keepsFocus } from '../../../../renderer/ui/keep-focus.ts'
import { close, button, open, press, settle } from './page.ts'

afterEach(() => {
  close()
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

/** Mutations are told after the scripts that made them. */
const told = async () => {
  await settle()
  await settle()
}
const focused = (): string => {
  const { activeElement } = document
  return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent.trim() ?? ''
}

describe('what keeps the focus', () => {
  const setUp = (html: string) => {
    document.body.innerHTML = `<main>${html}</main><button id="outside">outside</button>`
    const box = document.querySelector('main')
    if (box === null) throw new Error('no box')
    const stop = keepsFocus()(box)
    const one = (id: string) => {
      const found = document.getElementById(id)
      if (found === null) throw new Error(id)
      return found
    }
    return { box, one, stop }
  }

  it('gives it to what stands in the place of what went, and to what comes next before others', async () => {
    const { one } = setUp('<button>other</button><div><button id="a">a</button></div>')
    one('a').focus()
    one('a').outerHTML = '<input hidden type="file"><button>b</button><button data-next id="c">c</button>'
    await told()
    expect(focused()).toBe('c')
    one('c').remove()
    await told()
    expect(focused()).toBe('b')
  })

  it('waits where there is nothing to press, and goes on with what comes', async () => {
    const { box, one } = setUp('<button id="a">a</button>')
    one('a').focus()
    box.innerHTML = '<p>busy</p>'
    await told()
    expect(document.activeElement).toBe(box)
    box.innerHTML = '<button>done</button>'
    await told()
    expect(focused()).toBe('done')
  })

  it('takes it from nobody else, and not from where the person left it', async () => {
    const { one } = setUp('<button id="a">a</button><button>b</button>')
    one('a').focus()
    one('outside').focus()
    one('a').remove()
    await told()
    expect(focused()).toBe('outside')
    const second = setUp('<button id="a">a</button><button>b</button>')
    second.one('a').focus()
    second.one('a').blur()
    await told()
    second.one('a').remove()
    await told()
    expect(document.activeElement).toBe(document.body)
  })
})

describe('in the settings', () => {
  const openPage = async (name: string, options: Parameters<typeof open>[1] = {}) => {
    await open('settings', { wide: true, ...options })
    document.querySelectorAll<HTMLButtonElement>('nav button')[2]?.click()
    await settle()
    button(name).click()
    await settle()
  }

  it('trying the microphone', async () => {
    await openPage('Sound')
    const begin = button('Try the microphone')
    begin.focus()
    begin.click()
    await told()
    expect(focused()).toBe('Stop trying')
    button('Stop trying').click()
    await told()
    expect(focused()).toBe('Try the microphone')
  })

  it('the packages that come in the place of their button', async () => {
    await openPage('About Tamas')
    const show = button('Show the licences')
    show.focus()
    show.click()
    await told()
    expect(document.activeElement?.tagName).toBe('SUMMARY')
  })

  it('an import of settings that was cancelled', async () => {
    const checkSettings = async () => ok({ change: { theme: 'dark' as const }, unfit: 0 })
    await openPage('Save and restore', { main: { checkSettings } })
    const input = document.querySelector<HTMLInputElement>('.page input[type=file]')
    if (input === null) throw new Error('no input')
    const file = new File(['{"format":"tamas-settings","version":1,"settings":{"theme":"dark"}}'], 'a.json')
    Object.defineProperty(input, 'files', { value: [file], configurable: true })
    input.dispatchEvent(new Event('change', { bubbles: true }))
    await vi.waitFor(() => button('Cancel').focus())
    button('Cancel').click()
    await told()
    expect(focused()).toBe('Open a file…')
  })
})

describe('between list, card and form in a narrow window', () => {
  const row = () =>
    [...document.querySelectorAll<HTMLElement>('.person')].find((one) => one.textContent.includes('Arash'))

  it('comes back to the row after the form over its card was left', async () => {
    await open('contacts')
    row()?.focus()
    row()?.click()
    await settle()
    button('Add to contacts').focus()
    button('Add to contacts').click()
    await told()
    expect(document.activeElement?.tagName).toBe('INPUT')
    press(document.body, { key: 'Escape' })
    await told()
    expect(focused()).toBe('Add to contacts')
    press(document.body, { key: 'Escape' })
    await told()
    expect(document.activeElement).toBe(row())
  })
})
