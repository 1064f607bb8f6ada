// A real media worker for tests: a pool on loopback with free ports. Needs `npm run provision` to have run.
import { createWorker } from 'mediasoup'
import { silentLogger } from '../../common/log.ts'
import { workerPath } from '../../scripts/provision/paths.ts'
import { createClock } from '../../server/clock.ts'
import { createWorkerPool, type WorkerPool } from '../../server/media/worker-pool.ts'

export const createTestPool = (workers = 1): Promise<WorkerPool> =>
  createWorkerPool({
    createWorker: (settings) => createWorker({ ...settings, workerBin: workerPath() }),
    settings: { workers, listenIp: '127.0.0.1', announcedAddress: null, port: 0 },
    clock: createClock(),
    log: silentLogger
  })
