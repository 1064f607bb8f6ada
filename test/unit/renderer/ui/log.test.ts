// @vitest-environment happy-dom
// The log as it is looked at: by level and words, followed or standing still, chosen and copied; and the log of one call.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LogLine } from '../../../../common/log-lines.ts'
import { fail, ok } from '../../../../common/result.ts'
import { fitting, lineTime, writtenLine } from '../../../../renderer/state/log-view.ts'
import { LogLines } from '../../../../renderer/state/log-lines.svelte.ts'
import { snapshotOf } from '../../../support/ui-gallery/states.ts'
import { asks, button, close, open, press, settle } from './page.ts'

const written = vi.fn<(text: string) => Promise<void>>()
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  written.mockReset().mockResolvedValue()
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(written)
})
afterEach(() => {
  close()
  vi.useRealTimers()
})

type Main = NonNullable<NonNullable<Parameters<typeof open>[1]>['main']>
const start = Date.UTC(2026, 8, 21, 14)
const line = (text: string, level: LogLine['level'] = 'info', at = start): LogLine => ({ at, level, text })
const few = [
  line('started'),
  line('the network changed', 'info'),
  line('it was lost', 'warn'),
  line('it failed', 'error')
]

const openLog = async (main: Main = {}) => {
  const page = await open('settings', {
    wide: true,
    main: { readLog: async () => Promise.resolve(ok({ lines: few, next: 100, anew: true })), ...main }
  })
  document.querySelectorAll<HTMLButtonElement>('nav button')[2]?.click()
  await settle()
  document.querySelector<HTMLButtonElement>('[data-page=about]')?.click()
  await settle()
  button('Look at the log…').click()
  await settle()
  await settle()
  return page
}
const dialog = () => document.querySelector('dialog[open]')
const rows = () => [...(dialog()?.querySelectorAll<HTMLButtonElement>('[data-row] button') ?? [])]
const texts = () => rows().map((row) => row.textContent.trim().replace(/\s+/g, ' ').slice('00:00:00.000 '.length))
const type = async (text: string) => {
  const field = dialog()?.querySelector<HTMLInputElement>('input[type=text]')
  if (!field) throw new Error('no field')
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}
const level = async (name: string) => {
  dialog()?.querySelector<HTMLInputElement>(`input[type=radio][value=${name}]`)?.click()
  await settle()
}

describe('the lines', () => {
  it('are shown from the chosen level, and with all words that were typed', async () => {
    await openLog()
    expect(texts()).toEqual(['info started', 'info the network changed', 'warn it was lost', 'error it failed'])
    await level('warn')
    expect(texts()).toEqual(['warn it was lost', 'error it failed'])
    await type('FAILED it')
    expect(texts()).toEqual(['error it failed'])
    expect(dialog()?.textContent).toContain('1 line found')
    await type('nothing of that')
    expect(dialog()?.textContent).toContain('No line fits')
    button('Show all lines').click()
    await settle()
    expect(texts()).toHaveLength(4)
  })

  it('that came since are asked for and added each second, and not once something is chosen, until that is wanted again', async () => {
    let more: readonly LogLine[] = []
    const asked: (number | null)[] = []
    await openLog({
      readLog: async ({ after }) => {
        asked.push(after)
        return Promise.resolve(
          ok({ lines: after === null ? few : more, next: 100 + asked.length, anew: after === null })
        )
      }
    })
    expect(asked).toEqual([null])
    more = [line('one more')]
    await vi.advanceTimersByTimeAsync(1_000)
    await settle()
    expect(asked).toEqual([null, 101])
    expect(texts().at(-1)).toBe('info one more')
    expect(button('Follow').getAttribute('aria-pressed')).toBe('true')
    rows()[0]?.click()
    await settle()
    expect(button('Follow').getAttribute('aria-pressed')).toBe('false')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked).toHaveLength(2)
    button('Follow').click()
    await settle()
    expect(asked).toEqual([null, 101, 102])
  })

  it('are not asked for any more when it was closed', async () => {
    const readLog = vi.fn<NonNullable<Main['readLog']>>(async () =>
      Promise.resolve(ok({ lines: few, next: 1, anew: true }))
    )
    await openLog({ readLog })
    button('Close').click()
    await settle()
    const before = readLog.mock.calls.length
    await vi.advanceTimersByTimeAsync(3_000)
    expect(readLog.mock.calls).toHaveLength(before)
  })

  it('are all there when it is opened again, followed and none of them chosen', async () => {
    await openLog()
    await type('failed')
    rows()[0]?.click()
    await settle()
    button('Close').click()
    await settle()
    button('Look at the log…').click()
    await settle()
    await settle()
    expect(texts()).toHaveLength(4)
    expect(rows().filter((row) => row.getAttribute('aria-pressed') === 'true')).toEqual([])
    expect(button('Follow').getAttribute('aria-pressed')).toBe('true')
  })

  it('make room for who rings', async () => {
    const { bridge, snapshot } = await openLog()
    expect(dialog()).not.toBeNull()
    bridge.change({ calls: snapshotOf('incoming', 'en', 'light', Date.now()).calls, link: snapshot.link })
    await settle()
    expect(dialog()).toBeNull()
  })

  it('can’t be read, or there are none: that is said, and tried again', async () => {
    let works = false
    await openLog({
      readLog: async () => Promise.resolve(works ? ok({ lines: [], next: 0, anew: true }) : fail('unavailable'))
    })
    expect(dialog()?.textContent).toContain('The log could not be read')
    works = true
    button('Try again').click()
    await settle()
    expect(dialog()?.textContent).toContain('Nothing is in the log yet')
    expect(button('Copy what is shown').disabled).toBe(true)
  })

  it('are bounded: the newest stay', async () => {
    const lines = (count: number, name: string) =>
      Array.from({ length: count }, (_, at) => line(`${name} ${String(at)}`))
    const log = new LogLines(null, {
      readLog: async ({ after }) =>
        Promise.resolve(ok({ lines: lines(1_500, after === null ? 'old' : 'new'), next: 5, anew: after === null })),
      callLog: async () => Promise.resolve(fail('internal'))
    })
    await log.read()
    await log.read()
    expect(log.lines).toHaveLength(2_000)
    expect([log.lines[0]?.line.text, log.lines.at(-1)?.line.text]).toEqual(['old 1000', 'new 1499'])
    expect(new Set(log.lines.map(({ key }) => key)).size).toBe(2_000)
  })
})

describe('what is copied', () => {
  it('are the chosen lines, else all that are shown, as main gives them back', async () => {
    await openLog({
      redactLog: async (data) => {
        return Promise.resolve(ok({ text: `made up of ${String(data.lines.length)}, people ${String(data.people)}` }))
      }
    })
    button('Copy what is shown').click()
    await settle()
    rows()[0]?.click()
    rows()[2]?.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))
    await settle()
    dialog()?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    button('Copy 3 lines').click()
    await settle()
    expect(written.mock.calls).toEqual([['made up of 4, people false'], ['made up of 3, people true']])
    expect(dialog()?.textContent).toContain('3 lines were copied.')
  })

  it('is chosen with Shift from the line that was chosen before, also where others are shown meanwhile', async () => {
    await openLog()
    await level('warn')
    rows()[0]?.click()
    await level('debug')
    rows()[3]?.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))
    await settle()
    const chosen = rows().map((row) => row.getAttribute('aria-pressed'))
    expect(chosen).toEqual(['false', 'false', 'true', 'true'])
  })

  it('is chosen and copied by keys too', async () => {
    const { bridge } = await openLog()
    const [row] = rows()
    row?.focus()
    press(row ?? document, { key: 'a', code: 'KeyA', ctrlKey: true })
    await settle()
    expect(rows().every((one) => one.getAttribute('aria-pressed') === 'true')).toBe(true)
    press(row ?? document, { key: 'c', code: 'KeyC', ctrlKey: true })
    await settle()
    expect(asks(bridge, 'redactLog')).toEqual([{ lines: few.map(writtenLine), people: false }])
  })

  it('that could not be copied is said', async () => {
    written.mockRejectedValue(new Error('no'))
    await openLog()
    button('Copy what is shown').click()
    await settle()
    await settle()
    expect(dialog()?.textContent).toContain('could not be copied')
  })
})

describe('the log of a call', () => {
  const openCall = async (callLog: Main['callLog'], wide = true) => {
    const page = await open('past-call', { wide, main: { callLog } as Main })
    document.querySelectorAll<HTMLButtonElement>('nav button')[1]?.click()
    await settle()
    document.querySelector<HTMLButtonElement>('[data-row] button')?.click()
    await settle()
    await settle()
    button('Show what happened').click()
    await settle()
    await settle()
    return page
  }

  it('has its lines, asked for by its id, and is not followed', async () => {
    const asked: unknown[] = []
    const { snapshot } = await openCall(async (data) => {
      asked.push(data)
      return Promise.resolve(ok({ lines: few, since: 0 }))
    })
    expect(texts()).toHaveLength(4)
    expect(asked).toEqual([{ callId: snapshot.recents[0]?.callId }])
    expect(dialog()?.textContent).not.toContain('Follow')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(asked).toHaveLength(1)
  })

  it('is closed by Escape, and the card under it stays', async () => {
    await openCall(async () => Promise.resolve(ok({ lines: few, since: 0 })), false)
    expect(document.querySelector('.card')).not.toBeNull()
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })
    dialog()?.dispatchEvent(escape)
    await settle()
    // Else the dialog would hear nothing of it.
    expect(escape.defaultPrevented).toBe(false)
    expect(document.querySelector('.card')).not.toBeNull()
  })

  it.each([
    ['gone, where the log begins later', Number.MAX_SAFE_INTEGER, 'The log of that time is gone'],
    ['gone, where there is none', null, 'The log of that time is gone'],
    ['not here, where the log is older', 0, 'Nothing of this call is in the log']
  ])('is %s', async (_name, since, said) => {
    await openCall(async () => Promise.resolve(ok({ lines: [], since })))
    expect(dialog()?.textContent).toContain(said)
  })
})

it('a line is found by its level too, and its time is of here, to the millisecond', () => {
  const numbered = few.map((one, at) => ({ key: String(at), line: one, folded: `${one.level} ${one.text}` }))
  expect(fitting(numbered, { level: 'debug', typed: 'warn' })).toHaveLength(1)
  expect(fitting(numbered, { level: 'error', typed: '' })).toHaveLength(1)
  expect(lineTime(new Date(2026, 0, 1, 9, 8, 7, 6).getTime())).toBe('09:08:07.006')
})
