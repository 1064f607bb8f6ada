// The pool of media workers with fake workers: sharing out, restarting, giving up nothing.
import { EventEmitter } from 'node:events'
import type { Worker } from 'mediasoup/types'
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { createWorkerPool } from '../../../../server/media/worker-pool.ts'
import { createFakeClock } from '../calls/fakes.ts'

const setUp = async (workers: number) => {
  const clock = createFakeClock()
  const made: { readonly die: () => void; readonly ports: (number | undefined)[] }[] = []
  let failures = 0
  let portFailures = 0
  const closed: number[] = []
  const createWorker = (): Promise<Worker> => {
    if (failures > 0) {
      failures -= 1
      return Promise.reject(new Error('no'))
    }
    const events = new EventEmitter()
    const ports: (number | undefined)[] = []
    const fake = Object.assign(events, {
      pid: made.length + 1,
      closed: false,
      createWebRtcServer: async ({ listenInfos }: { listenInfos: { port?: number }[] }) => {
        if (portFailures > 0) {
          portFailures -= 1
          throw new Error('port in use')
        }
        ports.push(...listenInfos.map(({ port }) => port))
        return { dump: async () => ({ udpSockets: [{ port: ports[0] ?? 0 }] }) }
      },
      close: () => {
        fake.closed = true
        closed.push(fake.pid)
        queueMicrotask(() => events.emit('subprocessclose'))
      }
    })
    made.push({ ports, die: () => events.emit('died', new Error('killed')) })
    return Promise.resolve(fake as unknown as Worker)
  }
  const pool = await createWorkerPool({
    createWorker,
    settings: { workers, listenIp: '127.0.0.1', announcedAddress: null, port: 7_000 },
    clock,
    log: silentLogger
  })
  return {
    pool,
    clock,
    made,
    closed,
    failPortNext: (times: number) => {
      portFailures = times
    },
    failNext: (times: number) => {
      failures = times
    }
  }
}

describe('worker pool', () => {
  it('gives each worker one port of its own, for UDP and TCP', async () => {
    const { made, pool } = await setUp(2)
    expect(made.map(({ ports }) => ports)).toEqual([
      [7_000, 7_000],
      [7_001, 7_001]
    ])
    expect(await pool.ports()).toEqual([7_000, 7_001])
  })

  it('leases the worker with the fewest leases', async () => {
    const { pool } = await setUp(2)
    const leases = [pool.lease(), pool.lease(), pool.lease()]
    expect(leases.map((lease) => lease?.worker.pid)).toEqual([1, 2, 1])
    leases[0]?.release()
    leases[0]?.release()
    leases[2]?.release()
    // The first has none left, however often a lease was given back; the second still has one.
    expect([pool.lease(), pool.lease(), pool.lease()].map((lease) => lease?.worker.pid)).toEqual([1, 1, 2])
  })

  it('starts a dead worker again, on its port', async () => {
    const { pool, clock, made } = await setUp(1)
    await clock.advance(60_000)
    made[0]?.die()
    expect(pool.lease()).toBeNull()
    await clock.advance(0)
    expect(pool.lease()?.worker.pid).toBe(2)
    expect(made[1]?.ports).toEqual([7_000, 7_000])
  })

  it('waits longer each time while a worker does not start', async () => {
    const { pool, clock, made, failNext } = await setUp(1)
    await clock.advance(60_000)
    failNext(3)
    made[0]?.die()
    await clock.advance(100 + 200 + 399)
    expect(pool.pids()).toEqual([])
    await clock.advance(1)
    expect(pool.pids()).toEqual([2])
  })

  it('does not spin with a worker that dies as soon as it is up', async () => {
    const { clock, made } = await setUp(1)
    made[0]?.die()
    await clock.advance(99)
    expect(made).toHaveLength(1)
    await clock.advance(1)
    expect(made).toHaveLength(2)
  })

  it('leaves no worker behind that could not have its port, and tries again', async () => {
    const { pool, clock, made, closed, failPortNext } = await setUp(1)
    await clock.advance(10_000)
    failPortNext(2)
    made[0]?.die()
    await clock.advance(0)
    expect([made.length, closed, pool.lease()]).toEqual([2, [2], null])
    await clock.advance(100)
    expect([made.length, closed, pool.lease()]).toEqual([3, [2, 3], null])
    await clock.advance(200)
    expect([made.length, closed, pool.pids()]).toEqual([4, [2, 3], [4]])
  })

  it('starts nothing once it is closed', async () => {
    const { pool, clock, made } = await setUp(1)
    made[0]?.die()
    await pool.close()
    await clock.advance(60_000)
    expect(made).toHaveLength(1)
  })
})
