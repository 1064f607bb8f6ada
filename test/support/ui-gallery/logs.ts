// What the fake bridge has of the app's own log: an hour of a phone that calls, loses its network and calls again.
import type { MainBridge } from '../../../common/ipc.ts'
import type { LogLine } from '../../../common/log-lines.ts'
import type { LogLevel } from '../../../common/log.ts'
import { fail, ok } from '../../../common/result.ts'
import { dayMs, minuteMs } from '../../../common/time.ts'

export type FakeLog = 'lines' | 'none' | 'failing'

const session = '4f0c2d9e-7c1a-4a36-9b4e-5d2f8f6f1c30'
const callId = 'n1.Qm3xV9kLr2TfYw8ZpHc5Ab'
const call = `session=${session} callId=${callId}`
const told: readonly (readonly [LogLevel, string])[] = [
  ['info', 'the window is drawn'],
  ['info', 'started version=0.1.0 electron=25.1.1'],
  ['debug', `onMediaStateChanged part=phone role=caller from=new to=connecting ${call}`],
  ['info', `onCallStateChanged part=phone state=trying ${call}`],
  ['info', `onCallStateChanged part=phone state=ringing ${call}`],
  ['info', `the sound of a call part=phone is=ready epoch=1 ${call}`],
  ['info', `onCallStateChanged part=phone state=conversation ${call}`],
  ['info', 'the network changed change=moved'],
  ['warn', `the sound of a call part=phone is=lost epoch=1 ${call}`],
  ['info', 'the connection was lost part=session detail="ping timeout"'],
  ['info', `a call is without its server part=phone ${call}`],
  [
    'error',
    'an invocation failed part=doorman name=recents.details error="TypeError: fetch failed\\n    at node:internal/deps/undici/undici:13510:13"'
  ],
  ['info', `a call has its server again part=phone ${call}`],
  ['info', `the sound of a call part=phone is=back epoch=1 ${call}`],
  ['info', `onCallFinished part=phone reason=hangup ${call}`]
]
const linesUntil = (now: number): readonly LogLine[] =>
  Array.from({ length: 4 * told.length }, (_, index) => {
    const [level, text] = told[index % told.length] ?? ['info', '']
    const round = Math.floor(index / told.length)
    const at =
      now - (3 - round) * 20 * minuteMs - (round < 1 ? dayMs : 0) - (told.length - (index % told.length)) * 1_371
    return { at, level, text }
  })

/** What there is in a state of the gallery. */
export const logOf = (state: string): FakeLog => {
  if (state === 'log-failed') return 'failing'
  return state === 'log-empty' || state === 'log-of-call-gone' ? 'none' : 'lines'
}

export const fakeLog = (
  asked: (readonly [string, unknown])[],
  log: FakeLog
): Pick<MainBridge, 'readLog' | 'callLog' | 'redactLog'> => ({
  readLog: async (data) => {
    asked.push(['readLog', data])
    if (log === 'failing') return fail('unavailable')
    const lines = log === 'none' || data.after !== null ? [] : linesUntil(Date.now())
    return ok({ lines, next: lines.length, anew: data.after === null })
  },
  callLog: async (data) => {
    asked.push(['callLog', data])
    if (log === 'failing') return fail('unavailable')
    const lines =
      log === 'none'
        ? []
        : linesUntil(Date.now())
            .slice(-told.length)
            .filter(({ text }) => text.includes(callId))
    return ok({ lines, since: lines[0]?.at ?? null })
  },
  redactLog: async (data) => {
    asked.push(['redactLog', data])
    return ok({ text: data.lines.join('\n') })
  }
})
