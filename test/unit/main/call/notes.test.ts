// What of the calls stands in the log: their states, their sound and the connection under them, each line with its call.
import { expect, it } from 'vitest'
import type { Logger, LogLevel } from '../../../../common/log.ts'
import { formatLine } from '../../../../main/log.ts'
import { only, start, talk } from './two-phones.ts'

/** Stands in for the log: keeps what is written, as it would be. */
const createFakeLog = (): { readonly log: Logger; readonly lines: string[] } => {
  const lines: string[] = []
  const at =
    (level: LogLevel): Logger[LogLevel] =>
    (message, fields = {}) => {
      lines.push(`${level} ${formatLine(message, fields)}`)
    }
  const log: Logger = { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug'), with: () => log }
  return { log, lines }
}

it('sound that goes and comes, and the connection, are told of each live call, and of none that is over', async () => {
  const { log, lines } = createFakeLog()
  const all = start(log)
  const { world, caller, receptor } = all
  await talk(all)
  const { session, callId } = only(caller)
  const about = `session=${session} callId=${String(callId)}`
  const epoch = caller.phone.orders()[0]?.epoch ?? 0
  lines.length = 0
  caller.phone.mediaFact(session, epoch, { kind: 'lost' })
  caller.phone.mediaFact(session, epoch, { kind: 'failed', code: 'microphone_missing' })
  caller.disconnect()
  caller.connect()
  expect(lines.filter((line) => line.includes(about))).toEqual([
    `warn the sound of a call is=lost epoch=${String(epoch)} ${about}`,
    `warn the sound of a call is=failed code=microphone_missing epoch=${String(epoch)} ${about}`,
    `info a call is without its server ${about}`,
    `info a call has its server again ${about}`
  ])
  caller.phone.hangUp(session)
  await world.flow()
  expect(lines).toContain(`info onCallFinished reason=hangup ${about}`)
  lines.length = 0
  receptor.disconnect()
  expect(lines).toEqual([])
})

it('a call that the server has not named yet is told by its session', () => {
  const { log, lines } = createFakeLog()
  const all = start(log)
  all.caller.phone.dial('102')
  const { session } = only(all.caller)
  all.caller.disconnect()
  expect(lines).toContain(`info a call is without its server session=${session}`)
})
