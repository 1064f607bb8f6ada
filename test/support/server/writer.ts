// A process that commits calls to the store in the folder it is given until it is killed, printing the id of each that was acked.
import { silentLogger } from '../../../common/log.ts'
import { createClock } from '../../../server/clock.ts'
import { createStore } from '../../../server/store/index.ts'
import { callRecord, endRecord } from './records.ts'

const [dataDir = '', prefix = ''] = process.argv.slice(2)
const store = await createStore({ dataDir, databaseUrl: undefined }, { log: silentLogger, clock: createClock() })
for (let number = 0; ; number += 1) {
  const callId = `${prefix}${number}`
  const creation = { deviceId: 'd', requestId: callId }
  await store.journal.commit([callRecord(callId, 'u1', 'u2', { creation }), endRecord(callId, 'u1', 'u2')])
  process.stdout.write(`${callId}\n`)
}
