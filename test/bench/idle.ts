// Part `idle`: memory and CPU of the whole process tree of a registered phone that does nothing, with its window shown
// hidden and let go, against a bare window of the same Electron, and beside other phones.
import { setTimeout as delay } from 'node:timers/promises'
import { electronPath } from '../../scripts/provision/paths.ts'
import { waitFor } from '../support/desktop/wait.ts'
import { placeBareApp } from './bare/place.ts'
import { atMost, type Measure, type PartResult } from './measure.ts'
import { measureOthers } from './other-phones.ts'
import { startPlainApp, type PlainApp } from './plain-app.ts'
import { countOf, cpuMs, nameOf, pagesOf, processTree, pssMiB } from './proc.ts'
import { rounded } from './stats.ts'
import { withWorld } from './world.ts'

type Idle = { readonly pss: number; readonly cpuPercent: number; readonly each: string }

const settleMs = 8_000
const letGoAfterMs = 1_000

const observe = async ({ pid }: PlainApp, forMs: number): Promise<Idle> => {
  await delay(settleMs)
  const pids = processTree(pid)
  const [before, at] = [cpuMs(pids), performance.now()]
  await delay(forMs)
  const cpuPercent = (100 * (cpuMs(pids) - before)) / (performance.now() - at)
  const all = processTree(pid)
  const each = all.map((one) => `${nameOf(one)} ${rounded(pssMiB([one]))}`).join(', ')
  return { pss: pssMiB(all), cpuPercent, each }
}

export const measureIdle = ({ quick }: { readonly quick: boolean }): Promise<PartResult> =>
  withWorld(async ({ desktop, server, appFolder }) => {
    const forMs = quick ? 3_000 : 15_000
    const running = countOf(electronPath())
    const bareFolder = await placeBareApp(desktop)
    const window = (app: PlainApp) =>
      desktop.waitForWindow('of the app', (w) => w.pid === app.pid && w.visible, { timeoutMs: 20_000 })
    const hidden = (app: PlainApp) =>
      waitFor('the window is hidden', async () => ((await desktop.isVisible(app.pid)) ? undefined : true))

    const bareApp = startPlainApp({ desktop, folder: bareFolder, bareFolder, name: 'idle-bare' })
    await window(bareApp)
    const bareShown = await observe(bareApp, forMs)
    process.kill(bareApp.pid, 'SIGUSR2')
    await hidden(bareApp)
    const bareHidden = await observe(bareApp, forMs)
    await bareApp.stop()

    const tamas = startPlainApp({
      desktop,
      folder: appFolder,
      bareFolder,
      name: 'idle-101',
      env: { TAMAS_DEV_SIGN_IN: [server.url, '101', 'demo-101'].join('|') }
    })
    const shownWindow = await window(tamas)
    await waitFor('the phone is registered', () => (server.output().includes('"device online"') ? true : undefined), {
      timeoutMs: 20_000
    })
    const shown = await observe(tamas, forMs)
    await desktop.close(shownWindow)
    await hidden(tamas)
    const tray = await observe(tamas, forMs)
    await tamas.stop()

    const resting = startPlainApp({
      desktop,
      folder: appFolder,
      bareFolder,
      name: 'idle-102',
      settings: { letWindowRest: true },
      env: {
        TAMAS_DEV_SIGN_IN: [server.url, '102', 'demo-102'].join('|'),
        TAMAS_DEV_REST_MS: String(letGoAfterMs)
      }
    })
    await desktop.close(await window(resting))
    await hidden(resting)
    await waitFor('the window is let go', () => (pagesOf(resting.pid) === 0 ? true : undefined), {
      timeoutMs: 20_000
    })
    const letGo = await observe(resting, forMs)
    await resting.stop()
    const others = await measureOthers(desktop, settleMs + forMs)

    const memory = (name: string, mine: Idle, bare: Idle): Measure => ({
      name,
      unit: 'MiB',
      value: mine.pss,
      bare: bare.pss,
      bareGoal: atMost(35)
    })
    const cpu = (name: string, mine: Idle): Measure => ({ name, unit: '% CPU', value: mine.cpuPercent })
    return {
      measures: [
        memory('idle memory (PSS), window shown', shown, bareShown),
        memory('idle memory (PSS), in the tray', tray, bareHidden),
        memory('idle memory (PSS), window let go', letGo, bareHidden),
        ...others.measures,
        cpu('idle CPU, window shown', shown),
        cpu('idle CPU, in the tray', tray),
        cpu('idle CPU, window let go', letGo)
      ],
      notes: [
        `Whole process tree, registered, ${forMs / 1000} s after ${settleMs / 1000} s of rest. 100 % CPU is one core.`,
        ...others.notes,
        `Window let go: ${letGo.each}.`,
        ...(running === 0
          ? []
          : [`${running} other processes of this Electron ran: they share its pages, so the memory says little.`]),
        `CPU of the bare window: ${rounded(bareShown.cpuPercent)} % shown, ${rounded(bareHidden.cpuPercent)} % hidden.`,
        `Tamas shown: ${shown.each}.`,
        `Bare shown: ${bareShown.each}.`
      ]
    }
  })
