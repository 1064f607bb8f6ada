// What call systems get wrong in their connection to the server, each as a test by name that shows it right here.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../common/log.ts'
import { ok } from '../../common/result.ts'
import { createLink } from '../../main/session/link.ts'
import type { SocketListener } from '../../main/session/ports.ts'
import { createRequester } from '../../main/session/requester.ts'
import { createCallLog } from '../../main/store/call-log.ts'
import { createVirtualClock } from '../property/virtual-clock.ts'
import { begin } from './support.ts'

/** A link whose sockets lie open for the test to speak for the server. */
const openLink = () => {
  const clock = createVirtualClock(1_000_000)
  const sockets: { readonly on: SocketListener; isClosed: boolean }[] = []
  let ids = 0
  const newId = (): string => `id${(ids += 1)}`
  const requester = createRequester({ clock, newId, log: silentLogger })
  const link = createLink({
    clock,
    random: () => 0.5,
    newId,
    log: silentLogger,
    client: { name: 'test', version: '0', platform: 'test' },
    requester,
    access: async () => ok('token'),
    onTokenRefused: () => undefined,
    onSignedOut: () => undefined,
    resume: () => [],
    openSocket: (_server, _auth, on) => {
      const socket = { on, isClosed: false }
      sockets.push(socket)
      return { send: () => undefined, close: () => void (socket.isClosed = true) }
    }
  })
  const last = () => {
    const socket = sockets.at(-1)
    if (socket === undefined) throw new Error('no socket was opened')
    return socket
  }
  const welcome = (): void =>
    last().on.onPush('session.welcome', {
      protocol: 1,
      boot: 'b',
      deviceId: 'd',
      user: { userId: 'u', username: 'ali', names: { en: '', fa: '' } },
      now: clock.now(),
      accessExpiresAt: clock.now(),
      calls: []
    })
  return { clock, link, sockets, last, welcome }
}

describe('the link to the server', () => {
  it('weakness 7: who is refused is not joined, says why, and leaves no timer behind', async () => {
    const { clock, link, last, sockets } = openLink()
    link.start('https://server')
    await clock.pass(0)
    last().on.onLost({ refused: { code: 'sdk_version_not_supported' }, detail: 'refused' })
    expect(link.state()).toEqual({ state: 'failed', error: { code: 'sdk_version_not_supported' } })
    await clock.pass(600_000)
    expect(sockets).toHaveLength(1)
    expect(link.state().state).toBe('failed')
  })

  it('weakness 10: a connection on which nothing is heard is given up within ten seconds, and its socket closed', async () => {
    const { clock, link, last, welcome, sockets } = openLink()
    link.start('https://server')
    await clock.pass(0)
    welcome()
    await clock.pass(9_000)
    last().on.onPacket()
    await clock.pass(9_900)
    expect(link.state().state).toBe('joined')
    await clock.pass(200)
    expect(link.state().state).toBe('disconnected')
    expect(sockets[0]?.isClosed).toBe(true)
    await clock.pass(400)
    expect(sockets).toHaveLength(2)
  })

  it('weakness 14: after a loss the next request is sent, and every line of a log is written', async () => {
    const clock = createVirtualClock(1_000_000)
    const requester = createRequester({ clock, newId: () => 'r', log: silentLogger })
    const sent: string[] = []
    const report = { callId: 'c', epoch: 1, state: 'connected' } as const
    const send = (_name: string, { requestId }: { requestId: string }): void => void sent.push(requestId)
    requester.joined(send)
    const all = Array.from({ length: 40 }, (_, at) =>
      requester.request('media.report', report, { requestId: `lost${at}` })
    )
    requester.lost()
    for (const answer of await Promise.all(all)) expect(answer).toMatchObject({ error: { code: 'disconnected' } })
    sent.length = 0
    requester.joined(send)
    void requester.request('media.report', report, { requestId: 'next' })
    expect(sent).toEqual(['next'])

    const folder = await mkdtemp(path.join(tmpdir(), 'tamas-log-'))
    const file = path.join(folder, 'calls.jsonl')
    const log = createCallLog({ file, log: silentLogger })
    const t = await begin(['ali-1', 'sara-1'])
    t.app('ali-1').phone.onDelegate((event) => log.add(0, event))
    await t.talk('ali-1', 'sara-1')
    await t.hangUp('ali-1')
    t.done()
    await log.settled()
    const lines = (await readFile(file, 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(t.world.allRuns[0]?.heard.length ?? 0)
    await rm(folder, { recursive: true })
  })
})
