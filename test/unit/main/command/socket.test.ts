// Commands over the real socket, in a folder of the test: what is asked is done once, what is no request is refused, and a
// run that was killed is no obstacle.
import { connect, createServer } from 'node:net'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { longestRequest, type Command, type CommandAnswer } from '../../../../common/protocol/command.ts'
import { askRunning } from '../../../../main/command/ask.ts'
import { createCommandGate } from '../../../../main/command/gate.ts'
import { listenForCommands, type CommandListener } from '../../../../main/command/listen.ts'
import { findPlace } from '../../../../main/command/place.ts'

let userData: string
let listener: CommandListener | null
let given: Command[]
let answer: (command: Command) => Promise<CommandAnswer>

const listen = async (
  obey = (command: Command): Promise<CommandAnswer> => {
    given.push(command)
    return answer(command)
  }
): Promise<void> => {
  listener = listenForCommands({ userData, obey, log: silentLogger })
  await expect.poll(() => findPlace(userData)).not.toBeNull()
}
/** Sends this and gives all that comes back. */
const send = (text: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(findPlace(userData) ?? '')
    let back = ''
    socket.on('data', (chunk: Buffer) => {
      back += chunk.toString()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(back))
    socket.write(text)
  })

beforeEach(() => {
  // Longer than a socket's path may be.
  userData = mkdtempSync(path.join(os.tmpdir(), 'long-'.repeat(30)))
  given = []
  answer = async () => ({ outcome: 'done', text: 'it is done', status: null })
  listener = null
})
afterEach(() => {
  listener?.close()
  rmSync(userData, { recursive: true, force: true })
})

describe('a command', () => {
  it('is told that the app starts, until it has', async () => {
    const gate = createCommandGate()
    await listen(gate.obey)
    const ask = () => askRunning(userData, { name: 'status' })
    expect(await ask()).toEqual({ kind: 'answer', answer: { outcome: 'starting' } })
    gate.open(answer)
    expect(await ask()).toMatchObject({ answer: { outcome: 'done', text: 'it is done' } })
  })
  it('is done by the app that runs, whose answer comes back', async () => {
    await listen()
    const asking = await askRunning(userData, { name: 'dial', to: '101', patient: false })
    expect(asking).toEqual({ kind: 'answer', answer: { outcome: 'done', text: 'it is done', status: null } })
    expect(given).toEqual([{ name: 'dial', to: '101', patient: false }])
  })
  it('finds nobody where no app has ever run, where it has ended, and where it was killed', async () => {
    expect(await askRunning(userData, { name: 'status' })).toEqual({ kind: 'absent' })
    await listen()
    listener?.close()
    expect(await askRunning(userData, { name: 'status' })).toEqual({ kind: 'absent' })
    symlinkSync(path.join(userData, 'gone'), path.join(userData, 'command'))
    expect(await askRunning(userData, { name: 'status' })).toEqual({ kind: 'absent' })
  })
  it('waits in vain for an app that says nothing, and no longer than it wants', async () => {
    await listen()
    answer = () => new Promise(() => undefined)
    expect(await askRunning(userData, { name: 'status' }, 50)).toEqual({ kind: 'silent' })
  })
  it('is not answered where it made the app fail', async () => {
    await listen()
    answer = () => Promise.reject(new Error('of the test'))
    expect(await askRunning(userData, { name: 'status' })).toEqual({ kind: 'silent' })
  })
})

describe('the socket', () => {
  it('of a folder that is open to others is none of ours: no command goes there, and it is no obstacle', async () => {
    const others = mkdtempSync(path.join(os.tmpdir(), 'tamas-'))
    chmodSync(others, 0o755)
    const heard: string[] = []
    const server = createServer((socket) => socket.on('data', (chunk: Buffer) => heard.push(chunk.toString())))
    await new Promise<void>((resolve) => server.listen(path.join(others, 'command'), resolve))
    symlinkSync(path.join(others, 'command'), path.join(userData, 'command'))
    expect(await askRunning(userData, { name: 'dial', to: '101', patient: false })).toEqual({ kind: 'absent' })
    await listen()
    expect(await askRunning(userData, { name: 'show' })).toMatchObject({ kind: 'answer' })
    expect(heard).toEqual([])
    expect(existsSync(others)).toBe(true)
    server.close()
    rmSync(others, { recursive: true, force: true })
  })
  it('is for this user alone, and is gone with the app', async () => {
    await listen()
    const place = findPlace(userData) ?? ''
    expect(statSync(place).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(place)).mode & 0o777).toBe(0o700)
    listener?.close()
    expect(existsSync(path.dirname(place))).toBe(false)
  })
  it('takes the place of one that a killed run has left, and removes nothing else', async () => {
    await listen()
    const left = findPlace(userData) ?? ''
    const killed = listener
    await listen()
    expect(existsSync(path.dirname(left))).toBe(false)
    expect(await askRunning(userData, { name: 'show' })).toMatchObject({ kind: 'answer' })
    listener?.close()
    killed?.close()

    const mine = path.join(userData, 'mine.txt')
    writeFileSync(mine, 'mine')
    symlinkSync(mine, path.join(userData, 'command'))
    await listen()
    expect(readFileSync(mine, 'utf8')).toBe('mine')
  })
  it.each([
    ['no JSON', 'dial 101\n'],
    ['a name that is none', '{"name":"sing"}\n'],
    ['more than it may hold', '{"name":"show","at":1}\n'],
    ['nothing', '\n']
  ])('refuses %s', async (_what, line) => {
    await listen()
    expect(JSON.parse(await send(line))).toEqual({ outcome: 'unknown' })
    expect(given).toEqual([])
  })
  it('hangs up on a line that has no end, and reads one line only', async () => {
    await listen()
    expect(await send('x'.repeat(longestRequest + 1))).toBe('')
    await send('{"name":"show"}\n{"name":"quit"}\n')
    expect(given).toEqual([{ name: 'show' }])
  })
})
