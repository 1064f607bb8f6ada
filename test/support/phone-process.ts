// A test phone in a process of its own, which answers every call: for tests that stop or kill a phone. Run with the
// server, username and tone as arguments, it is that phone; imported, it starts one.
import { fork, type ChildProcess } from 'node:child_process'
import { createTestPhone } from './test-phone.ts'

export type PhoneProcess = {
  /** The whole phone stands still: no heartbeat, no media, no goodbye. */
  readonly freeze: () => void
  readonly thaw: () => void
  readonly kill: () => Promise<void>
}

const isThisFileRun = process.argv[1] === import.meta.filename

const run = async (): Promise<void> => {
  const [server = '', username = '', hz = ''] = process.argv.slice(2)
  const phone = await createTestPhone({ server, username, hz: Number(hz) })
  phone.phone.onChanged(() => {
    for (const { direction, status, session } of phone.phone.calls()) {
      if (direction === 'inbound' && status === 'ringing') phone.phone.answer(session)
    }
  })
  process.send?.('joined')
  process.once('disconnect', () => process.exit(0))
}

export const startPhoneProcess = async (server: string, username: string, hz: number): Promise<PhoneProcess> => {
  const child: ChildProcess = fork(import.meta.filename, [server, username, String(hz)], { execArgv: [] })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => {
      resolve()
    })
    child.once('exit', (code) => {
      reject(new Error(`the phone of ${username} ended with ${String(code)}`))
    })
  })
  return {
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    }
  }
}

if (isThisFileRun) await run()
