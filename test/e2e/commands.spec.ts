// The commands that a newcomer types first: `npm start`, `npm run dev`, `npm run demo`. Each in a folder of its own and
// without a display, so that it makes its virtual desktop; ended with Ctrl-C, it leaves nothing running.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test as base } from '@playwright/test'
import { root } from '../../scripts/support/run.ts'
import { commandsOf } from '../support/docs-commands.ts'
import { expect } from './fixtures.ts'

type Terminal = {
  readonly folder: string
  /** Types a command. What it has started ends with it, or with the test. */
  readonly type: (args: readonly string[]) => ChildProcess & { readonly said: () => string }
  /** As somebody does it who looks at a terminal: the whole group hears it. npm itself ends by the signal. */
  readonly ctrlC: (child: ChildProcess) => Promise<void>
}

/** What runs and was started from this folder. */
const leftOf = (folder: string): readonly string[] =>
  globSync('/proc/[0-9]*/environ').filter((file) => {
    try {
      return readFileSync(file, 'utf8').includes(`TAMAS_HOME=${folder}`)
    } catch {
      // Gone meanwhile.
      return false
    }
  })

const test = base.extend<{ readonly terminal: Terminal }>({
  terminal: async ({ browserName: _ }, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'tamas-commands-'))
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
    const children: ChildProcess[] = []
    const ctrlC = async (child: ChildProcess): Promise<void> => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'close')
        process.kill(-child.pid, 'SIGINT')
        await ended
      }
    }
    await use({
      folder,
      type: (args) => {
        const child = spawn('npm', args, {
          cwd: root,
          detached: true,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { ...env, TAMAS_HOME: folder, NO_COLOR: '1' }
        })
        children.push(child)
        let said = ''
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (chunk: Buffer) => {
            said += chunk.toString()
          })
        }
        return Object.assign(child, { said: () => said })
      },
      ctrlC
    })
    for (const child of children) await ctrlC(child)
    await rm(folder, { recursive: true, force: true })
  }
})

/** Who is signed in keeps the server's list of people. */
const isSignedIn = (folder: string, user: string): boolean => {
  const lists = path.join(folder, 'phones', user, 'lists.json')
  return existsSync(lists) && /"username": ?"103"/.test(readFileSync(lists, 'utf8'))
}

const run = async ({ type }: Terminal, args: readonly string[]): Promise<string> => {
  const command = type(args)
  // What a program would read.
  let out = ''
  command.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  await once(command, 'close')
  expect(command.exitCode, command.said()).toBe(0)
  return out
}

/** README, “From a terminal”: `npm run tamas -- dial 102` and what follows there, one after the other. */
const commandsOfReadme = async (terminal: Terminal): Promise<void> => {
  const typed = commandsOf('README.md')
    .map(({ text }) => text)
    .filter((text) => /^npm run (--silent )?tamas -- (?=.*\w)/.test(text))
  const said: string[] = []
  for (const command of typed) said.push(await run(terminal, command.split(' ').slice(1)))
  expect(said[0]).toContain('Kian')
  const status = JSON.parse(said.at(-1) ?? '{}') as { readonly calls?: readonly { readonly status: string }[] }
  expect(status.calls).toHaveLength(1)
}

const cases: readonly { readonly args: readonly string[]; readonly says: string; readonly users: readonly string[] }[] =
  [
    { args: ['start'], says: 'Two phones are open', users: ['101', '102'] },
    { args: ['start', '--', '--one'], says: 'One phone is open', users: ['101'] },
    { args: ['run', 'dev'], says: 'Watching.', users: ['101', '102'] }
  ]

for (const { args, says, users } of cases) {
  test(`npm ${args.join(' ')}: phones come up signed in, and Ctrl-C ends everything`, async ({ terminal }) => {
    const command = terminal.type(args)
    await expect.poll(() => command.said(), { timeout: 90_000 }).toContain(says)
    for (const user of users) {
      await expect.poll(() => isSignedIn(terminal.folder, user), { timeout: 30_000 }).toBe(true)
    }
    if (args.length === 1) await commandsOfReadme(terminal)
    await terminal.ctrlC(command)
    expect(command.said()).toContain('Ending…')
    await expect.poll(() => leftOf(terminal.folder)).toEqual([])
  })
}

test('npm run demo: drives one whole call, tells what both phones hear, and saves its pictures', async ({
  terminal
}) => {
  const command = terminal.type(['run', 'demo'])
  await once(command, 'close')
  expect(command.exitCode, command.said()).toBe(0)
  expect(command.said()).toMatch(/102 hears 4[34]\d Hz, 101 hears 6[56]\d Hz/)
  expect(command.said().match(/E\(hangup\)/g)).toHaveLength(2)
  expect(globSync('demo/*.png', { cwd: terminal.folder }).sort()).toEqual([
    'demo/after.png',
    'demo/ringing.png',
    'demo/two-phones.png'
  ])
  await expect.poll(() => leftOf(terminal.folder)).toEqual([])
})
