// Calls on lines that the kernel itself makes bad, in network namespaces of their own: another interface and address, a
// cable that is out, a slow line, UDP blocked, delay and loss. Says which means it had, and leaves out what it has none for.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { kernelLines, type KernelLine, type KernelTalk } from './kernel-talk.ts'
import { whyNoWorld, worldFlags } from './kernel-world.ts'
import { ms, tableOf } from './table.ts'

const program = path.join(import.meta.dirname, 'kernel-talk.ts')
const reason = whyNoWorld()
const talks = new Map<string, KernelTalk>()
/**
 * Where it takes longer until sound is back than it should. The test phones' WebRTC looks for new interfaces every 2 s only,
 * which the app's browser is told at once; while UDP is blocked TCP has to be found first.
 */
const mostMs: Partial<Record<KernelLine, number>> = {
  'another interface and address': 4_000,
  'UDP blocked in the talk': 30_000
}

const talkOn = async (line: KernelLine): Promise<KernelTalk> => {
  const child = spawn('unshare', [...worldFlags(), '--', process.execPath, program, line], {
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await once(child, 'exit')
  const told = output.split('\n').findLast((each) => each.startsWith('{"means"'))
  if (told === undefined) throw new Error(output.slice(-4_000))
  return JSON.parse(told) as KernelTalk
}

afterAll(() => {
  const rows = [...talks].map(([line, { means, backMs, gapMs }]) => [
    line,
    means ?? 'not in this kernel',
    backMs === 0 ? '-' : ms(backMs),
    means === null ? '-' : ms(gapMs.there),
    means === null ? '-' : ms(gapMs.here)
  ])
  const heads = ['line of the receptor', 'made by', 'sound back after ms', 'longest gap there', 'here']
  const table =
    reason === null ? tableOf(heads, rows) : `No network namespace for calls on the kernel's lines: ${reason}`
  process.stdout.write(`\n${table}\n\n`)
})

describe.skipIf(reason !== null)('a call on a line that the kernel makes bad', () => {
  it.each(Object.keys(kernelLines) as KernelLine[])('%s', async (line) => {
    const talk = await talkOn(line)
    talks.set(line, talk)
    if (talk.means === null) return
    const story = JSON.stringify(talk)
    expect(talk.heardAtEnd, story).toBe(true)
    expect(talk.backMs, story).toBeLessThan(mostMs[line] ?? 3_000)
    for (const words of [talk.words.here, talk.words.there]) {
      expect(words.at(-1), story).toBe('conversation')
      expect(
        words.filter((word) => word.startsWith('E(')),
        story
      ).toEqual([])
    }
  })
})
