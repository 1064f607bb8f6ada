// Part `start`: from the start of the program until its window can be shown, and until it is registered at the server,
// against a bare window of the same Electron. A stored sign-in, as on every start but the first.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { userDataFolder } from '../support/app/built-app.ts'
import { waitFor } from '../support/desktop/wait.ts'
import { placeBareApp } from './bare/place.ts'
import { atMost, type PartResult } from './measure.ts'
import { startPlainApp } from './plain-app.ts'
import { median, rounded } from './stats.ts'
import { withWorld, type World } from './world.ts'

const name = 'start-101'
// What an app that has just quit leaves behind is written by then.
const pauseMs = 500

/** When the server took the latest connection, by its own log. */
const onlineTimes = ({ server }: World): readonly number[] =>
  server
    .output()
    .split('\n')
    .filter((line) => line.includes('"device online"'))
    .map((line) => Date.parse((JSON.parse(line) as { time: string }).time))

export const measureStart = ({ quick }: { readonly quick: boolean }): Promise<PartResult> =>
  withWorld(async (world) => {
    const { desktop, server, appFolder } = world
    const bareFolder = await placeBareApp(desktop)
    const settings = path.join(userDataFolder(desktop, name), 'settings.json')
    // The desktop has no keyring, and a real user's sign-in is stored.
    writeFileSync(settings, JSON.stringify({ keepSignInWithoutKeyring: true }))
    desktop.processes.give(settings)

    const startTamas = async (env: Readonly<Record<string, string>>) => {
      const before = onlineTimes(world).length
      const app = startPlainApp({ desktop, folder: appFolder, bareFolder, name, env })
      try {
        const readyAt = await app.readyAt()
        const onlineAt = await waitFor('the phone is registered', () => onlineTimes(world)[before], {
          timeoutMs: 20_000
        })
        await delay(pauseMs)
        return { ready: readyAt - app.startedAt, registered: onlineAt - app.startedAt }
      } finally {
        await app.stop()
        await delay(pauseMs)
      }
    }
    const startBare = async (): Promise<number> => {
      const app = startPlainApp({ desktop, folder: bareFolder, bareFolder, name: 'start-bare' })
      try {
        const readyAt = await app.readyAt()
        await delay(pauseMs)
        return readyAt - app.startedAt
      } finally {
        await app.stop()
        await delay(pauseMs)
      }
    }

    // The first start of each fills caches and, for Tamas, signs in.
    await startBare()
    await startTamas({ TAMAS_DEV_SIGN_IN: [server.url, '101', 'demo-101'].join('|') })
    const ready: number[] = []
    const registered: number[] = []
    const bare: number[] = []
    // In turns, so that whatever slows the machine for a while slows both.
    for (let round = 0; round < (quick ? 3 : 10); round += 1) {
      bare.push(await startBare())
      const tamas = await startTamas({})
      ready.push(tamas.ready)
      registered.push(tamas.registered)
    }
    const common = { unit: 'ms', bare: median(bare), count: ready.length } as const
    return {
      measures: [
        { name: 'start → window ready (p50)', value: median(ready), bareGoal: atMost(1.15), ...common },
        { name: 'start → registered (p50)', value: median(registered), bareGoal: atMost(1.3), ...common }
      ],
      notes: [
        'Warm starts in turns with a bare window of the same Electron, whose ready-to-show both are compared with.',
        `All: window ${ready.map(rounded).join(' ')}; registered ${registered.map(rounded).join(' ')}; bare ${bare.map(rounded).join(' ')}.`
      ]
    }
  })
