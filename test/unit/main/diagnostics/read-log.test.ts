// The log as it is read again: its end in bounds, what came since, over the turn of the file; a call's lines; no secrets.
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { longestLogLine, mostLogLines } from '../../../../common/log-lines.ts'
import { silentLogger } from '../../../../common/log.ts'
import type { Result } from '../../../../common/result.ts'
import { createReadLog } from '../../../../main/diagnostics/read-log.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-read-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const main = () => path.join(folder, 'main.log')
const old = () => path.join(folder, 'main.old.log')
const start = Date.UTC(2026, 8, 21, 14)
const written = (text: string, at = start, level = 'info') => `${new Date(at).toISOString()} ${level} ${text}\n`
const reader = () =>
  createReadLog({ folder, people: async () => Promise.resolve([['101', 'Sara Ahmadi']]), log: silentLogger })
const valueOf = <T>(answer: Result<T>): T => {
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value
}
const end = async (after: number | null) => valueOf(await reader().end({ after }))
const texts = (lines: readonly { readonly text: string }[]) => lines.map(({ text }) => text)
const token = 'dGhpcyBpcyBhIHRva2VuIG9mIDMyIGJ5dGVzLCB5ZXM'

describe('the end of the log', () => {
  it('is nothing where nothing was written', async () => {
    expect(await end(null)).toEqual({ lines: [], next: 0, anew: true })
  })

  it('has time, level and text, what goes over several lines as one, and no token', async () => {
    writeFileSync(
      main(),
      written('started') + written(`failed Bearer ${token}\n    at run (main/index.ts:1:2)`, start + 5, 'error')
    )
    expect((await end(null)).lines).toEqual([
      { at: start, level: 'info', text: 'started' },
      { at: start + 5, level: 'error', text: 'failed Bearer <secret>\n    at run (main/index.ts:1:2)' }
    ])
  })

  it('goes on where it was: nothing, then what came since, a line that is half written not before it is whole', async () => {
    writeFileSync(main(), written('one'))
    const first = await end(null)
    expect(await end(first.next)).toEqual({ lines: [], next: first.next, anew: false })
    const [half, rest] = [written('two').slice(0, 10), written('two').slice(10)]
    appendFileSync(main(), half)
    expect(await end(first.next)).toEqual({ lines: [], next: first.next, anew: false })
    appendFileSync(main(), rest)
    const second = await end(first.next)
    expect([texts(second.lines), second.anew]).toEqual([['two'], false])
    expect((await end(second.next)).lines).toEqual([])
  })

  it('is read anew, with what stands in the file before, when the file was turned', async () => {
    writeFileSync(main(), written('a long line of the file before'))
    const { next } = await end(null)
    renameSync(main(), old())
    writeFileSync(main(), written('new'))
    const turned = await end(next)
    expect([texts(turned.lines), turned.anew]).toEqual([['a long line of the file before', 'new'], true])
  })

  it('is read anew when the file was turned, also where the new one is longer by now', async () => {
    const log = reader()
    writeFileSync(main(), written('before'))
    const { next } = valueOf(await log.end({ after: null }))
    renameSync(main(), old())
    writeFileSync(main(), written('the first of the new ones') + written('new'))
    const turned = valueOf(await log.end({ after: next }))
    expect([texts(turned.lines), turned.anew]).toEqual([['before', 'the first of the new ones', 'new'], true])
  })

  it('is the newest lines only, of two files too, and of a file that is large', async () => {
    writeFileSync(old(), Array.from({ length: mostLogLines }, (_, index) => written(`old ${String(index)}`)).join(''))
    writeFileSync(main(), written('new'))
    const few = await end(null)
    expect([few.lines.length, few.lines[0]?.text, few.lines.at(-1)?.text]).toEqual([mostLogLines, 'old 1', 'new'])
    writeFileSync(main(), written(`x${'y '.repeat(1_000)}`).repeat(1_500) + written('last'))
    const large = await end(null)
    expect(large.lines.length).toBeGreaterThan(400)
    expect(large.lines.length).toBeLessThan(1_000)
    expect(large.lines.every(({ text }) => text === 'last' || text.startsWith('xy '))).toBe(true)
    // Too long ago to be read as what came since.
    expect((await end(10)).anew).toBe(true)
  })

  it('cuts what is too long, and no token so that it looks like none', async () => {
    writeFileSync(main(), written(`${'a '.repeat(longestLogLine / 2 - 5)}${token} ${'b '.repeat(50)}`))
    const [line] = (await end(null)).lines
    expect(line?.text.length).toBe(longestLogLine + 1)
    expect(line?.text).not.toContain(token.slice(0, 8))
  })

  it('that can’t be read is a failure', async () => {
    mkdirSync(main())
    expect(await reader().end({ after: null })).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(await reader().ofCall({ callId: 'n1.a' })).toMatchObject({ ok: false, error: { code: 'unavailable' } })
  })
})

describe('the lines of a call', () => {
  const ofCall = async (callId: string) => valueOf(await reader().ofCall({ callId }))

  it('are those that name it or its session, in both files, in order, and none of another', async () => {
    writeFileSync(
      old(),
      written('started') +
        written('onCallStateChanged session=s1 callId=null state=new', start + 1) +
        written('other session=s2 callId=n1.b')
    )
    writeFileSync(
      main(),
      written('onCallStateChanged part=phone session=s1 callId=n1.a state=trying') +
        written('a request failed part=session callId=n1.a\n    at send') +
        written('no alert came up session=s1') +
        written('onCallFinished session=s2 callId=n1.b reason=hangup\n    at another')
    )
    expect(await ofCall('n1.a')).toEqual({
      lines: [
        expect.objectContaining({ text: 'onCallStateChanged session=s1 callId=null state=new' }),
        expect.objectContaining({ text: 'onCallStateChanged part=phone session=s1 callId=n1.a state=trying' }),
        expect.objectContaining({ text: 'a request failed part=session callId=n1.a\n    at send' }),
        expect.objectContaining({ text: 'no alert came up session=s1' })
      ],
      since: start
    })
  })

  it('are none where the log begins later, or is not there; since when it is kept is told', async () => {
    expect(await ofCall('n1.a')).toEqual({ lines: [], since: null })
    writeFileSync(main(), written('started', start + 7))
    expect(await ofCall('n1.a')).toEqual({ lines: [], since: start + 7 })
  })
})

it.each([true, false])('what is copied has no token, and people (%s) as they were asked for', async (people) => {
  const lines = [`to=Sara password=hunter2 peer=101`, `Bearer ${token}\nSara Ahmadi https://calls.example/x`]
  const { text } = valueOf(await reader().redact({ lines, people }))
  expect(text).not.toContain(token)
  expect(text).not.toContain('hunter2')
  expect(text.split('\n')).toHaveLength(3)
  for (const named of ['Sara Ahmadi', 'peer=101', 'calls.example']) expect(text.includes(named)).toBe(people)
})
