// Part `setup`: how many calls a second the server sets up, over real sockets, against bare mediasoup that makes the
// same transports, producers and consumers; with durable records and without.
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { workerPath } from '../../scripts/provision/paths.ts'
import { freePort } from '../../scripts/support/ports.ts'
import { createBareMedia } from './bare/media-plane.ts'
import { atLeast, type Measure, type PartResult } from './measure.ts'
import { cpuMs, nameOf, processTree } from './proc.ts'
import { createSetUpPhone, type SetUpPhone } from './set-up-phone.ts'
import { rounded } from './stats.ts'

const pairs = 32
const warmUpMs = 2_000
const firstPort = 41_000

type Rate = { readonly perSecond: number; readonly cpuMsPerCall: Readonly<Record<string, number>> }

/** Runs `call` in so many loops at once and counts what is done after the warm-up. */
const rateOf = async (
  calls: readonly (() => Promise<void>)[],
  forMs: number,
  pids: () => Readonly<Record<string, readonly number[]>>
): Promise<Rate> => {
  let done = 0
  let over = false
  const loops = calls.map(async (call) => {
    while (!over) {
      await call()
      done += 1
    }
  })
  const running = Promise.all(loops)
  await Promise.race([delay(warmUpMs), running])
  const names = pids()
  const before = Object.entries(names).map(([, list]) => cpuMs(list))
  const [doneBefore, startedAt] = [done, performance.now()]
  await Promise.race([delay(forMs), running])
  const count = done - doneBefore
  const seconds = (performance.now() - startedAt) / 1000
  const cpuMsPerCall = Object.fromEntries(
    Object.entries(names).map(([name, list], index) => [name, (cpuMs(list) - (before[index] ?? 0)) / count])
  )
  over = true
  await running
  return { perSecond: count / seconds, cpuMsPerCall }
}

const bareRate = async (forMs: number): Promise<Rate> => {
  const media = await createBareMedia(await freePort(firstPort))
  try {
    const pids = { node: [process.pid], worker: [media.workerPid] }
    return await rateOf(
      Array.from({ length: pairs }, () => media.call),
      forMs,
      () => pids
    )
  } finally {
    media.close()
  }
}

const oneCall = async (caller: SetUpPhone, receptor: SetUpPhone): Promise<void> => {
  const { call } = await caller.request('call.create', { to: receptor.username })
  const callId = call.id
  const prepared = caller.prepare(callId)
  await receptor.offered(callId)
  await receptor.request('call.ringing', { callId })
  await Promise.all([prepared, receptor.prepare(callId)])
  await receptor.request('call.accept', { callId })
  await caller.request('call.hangup', { callId })
}

const serverRate = async (isDurable: boolean, forMs: number): Promise<Rate> => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'tamas-bench-'))
  const port = await freePort(firstPort)
  const child = fork(path.join(import.meta.dirname, 'set-up-server.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      MEDIASOUP_WORKER_BIN: workerPath(),
      BENCH_USERS: String(2 * pairs),
      BENCH_DURABLE: isDurable ? '1' : '0',
      TAMAS_PORT: String(port),
      TAMAS_MEDIA_PORT: String(await freePort(port + 1)),
      TAMAS_MEDIA_WORKERS: '1',
      TAMAS_DATA_DIR: dataDir,
      TAMAS_SCRYPT_LOG_N: '10',
      TAMAS_SIGN_IN_ADDRESS_BURST: '1000',
      TAMAS_HTTP_ADDRESS_BURST: '1000'
    }
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const phones: SetUpPhone[] = []
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.once('message', (message) => resolve(message as string))
      child.once('exit', () => reject(new Error('the server for the bench does not start')))
    })
    for (let user = 0; user < 2 * pairs; user += 1) phones.push(await createSetUpPhone(url, `u${user}`))
    const calls = Array.from({ length: pairs }, (_, index) => {
      const [caller, receptor] = [phones[2 * index], phones[2 * index + 1]]
      if (caller === undefined || receptor === undefined) throw new Error('a phone is missing')
      return () => oneCall(caller, receptor)
    })
    return await rateOf(calls, forMs, () => {
      const all = processTree(child.pid ?? 0)
      const isWorker = (pid: number): boolean => nameOf(pid).startsWith('mediasoup')
      return {
        server: all.filter((pid) => !isWorker(pid)),
        worker: all.filter(isWorker),
        'the 64 phones': [process.pid]
      }
    })
  } finally {
    for (const phone of phones) phone.close()
    child.disconnect()
    await ended
    await rm(dataDir, { recursive: true, force: true })
  }
}

const costs = (name: string, { cpuMsPerCall }: Rate): string =>
  `CPU for each call, ${name}: ${Object.entries(cpuMsPerCall)
    .map(([who, ms]) => `${who} ${rounded(ms)} ms`)
    .join(', ')}.`

export const measureSetUp = async ({ quick }: { readonly quick: boolean }): Promise<PartResult> => {
  const forMs = quick ? 2_000 : 6_000
  const bare = await bareRate(forMs)
  const off = await serverRate(false, forMs)
  const on = await serverRate(true, forMs)
  const measure = (name: string, { perSecond }: Rate, least: number): Measure => ({
    name,
    unit: '/s',
    value: perSecond,
    bare: bare.perSecond,
    bareGoal: atLeast(least)
  })
  return {
    measures: [measure('call set-ups, records not kept', off, 0.5), measure('call set-ups, durable records', on, 0.3)],
    notes: [
      `One set-up: create, ringing, both legs' media (4 transports, 2 producers, 2 consumers), accept, hang-up; ${pairs} at a time,`,
      'phones in a process of their own, no sound. Bare: the same router, transports, producers and consumers, no sockets.',
      costs('bare', bare),
      costs('records not kept', off),
      costs('durable records', on)
    ]
  }
}
