// A test phone in a process of its own, which answers every call: for tests that stop or kill a phone, or put it behind
// another network. Run with the server, username and tone as arguments, it is that phone; imported, it starts one.
import { spawn, type ChildProcess } from 'node:child_process'
import { createClock } from '../../main/clock.ts'
import { createNetworkWatch, outsideAddresses } from '../../main/shell/network-watch.ts'
import { createTestPhone } from './test-phone.ts'

/** What the phone has heard, and how it stands. */
export type PhoneLook = {
  readonly heard: readonly string[]
  readonly linked: boolean
  readonly microphoneOpen: boolean
  /** Since the last look, in ms: the longest time without the other's tone, where it was told which. */
  readonly longestGapMs: number
}

export type PhoneProcess = {
  /** The whole phone stands still: no heartbeat, no media, no goodbye. */
  readonly freeze: () => void
  readonly thaw: () => void
  /** What the system tells an app when the machine wakes up. */
  readonly wake: () => void
  readonly look: () => Promise<PhoneLook>
  readonly kill: () => Promise<void>
}

const isThisFileRun = process.argv[1] === import.meta.filename

const run = async (): Promise<void> => {
  const [server = '', username = '', hz = '', listenHz = hz] = process.argv.slice(2)
  const phone = await createTestPhone({ server, username, hz: Number(hz) })
  // As the app does it in a call.
  const network = createNetworkWatch({
    clock: createClock(),
    addresses: outsideAddresses,
    changed: (change) => {
      if (change === 'moved') phone.session.moved()
      else phone.session.nudge()
    }
  })
  network.run(true)
  let hearing = phone.listenFor(Number(listenHz))
  phone.phone.onChanged(() => {
    for (const { direction, status, session } of phone.phone.calls()) {
      if (direction === 'inbound' && status === 'ringing') phone.phone.answer(session)
    }
  })
  process.on('message', (message) => {
    if (message === 'wake') phone.session.nudge()
    else {
      const look: PhoneLook = {
        heard: phone.heard(),
        linked: phone.session.link().state === 'joined',
        microphoneOpen: phone.microphoneOpen(),
        longestGapMs: hearing.report().longestMs
      }
      hearing = phone.listenFor(Number(listenHz))
      process.send?.(look)
    }
  })
  process.send?.('joined')
  process.once('disconnect', () => process.exit(0))
}

export type PhoneProcessOptions = {
  /** The tone that is to come from the other side. */
  readonly listenHz?: number
  /** The command that starts the phone's process where it belongs. */
  readonly within?: readonly string[]
}

export const startPhoneProcess = async (
  server: string,
  username: string,
  hz: number,
  { listenHz = hz, within = [] }: PhoneProcessOptions = {}
): Promise<PhoneProcess> => {
  const phone = [process.execPath, import.meta.filename, server, username, String(hz), String(listenHz)]
  const [command = '', ...args] = [...within, ...phone]
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
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
    wake: () => child.send('wake'),
    look: () =>
      new Promise((resolve) => {
        child.once('message', (look) => {
          resolve(look as PhoneLook)
        })
        child.send('look')
      }),
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    }
  }
}

if (isThisFileRun) await run()
