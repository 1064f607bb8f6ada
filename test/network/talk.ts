// One call between two phones, one of them on a bad line: set up, talked, measured, ended. Says what was heard and what
// the phones showed meanwhile.
import { setTimeout as pass } from 'node:timers/promises'
import { createLine } from '../support/relay/line.ts'
import type { Gap, Hearing } from '../support/hearing.ts'
import { createTestPhone, statesOf, type TestPhone } from '../support/test-phone.ts'
import type { TestServer } from '../support/test-server.ts'
import type { Profile } from './profiles.ts'

/** What a phone shows of its call: the state, or that it is in trouble. */
type Shown = { readonly at: number; readonly text: string }

export type Side = {
  readonly missing: number
  readonly gaps: readonly Gap[]
  readonly longestMs: number
  readonly shown: readonly Shown[]
  readonly heardAtEnd: boolean
}

export type Talk = {
  readonly profile: string
  readonly seed: number
  /** From dialling to the ring of the other phone, and from the answer until both hear. */
  readonly ringMs: number
  readonly answerMs: number
  /** The phone on the bad line, and the other one. */
  readonly near: Side
  readonly far: Side
  /** Lost on the line, of all packets. */
  readonly lost: { readonly up: number; readonly down: number }
  readonly via: 'udp' | 'tcp'
  /** What the delegates heard, media left out. */
  readonly words: { readonly near: readonly string[]; readonly far: readonly string[] }
}

/** A loss of sound that lasts has to be shown by then: consent of ICE and heartbeat take up to 10 s each to notice. */
export const noticeMs = 12_000
/** So long both have, once the line is as it stays, to hear and to show it. */
const settleMs = 10_000

const follow = (phone: TestPhone, hearing: Hearing) => {
  const shown: Shown[] = []
  const look = () => {
    const [call] = phone.phone.calls()
    const text = call === undefined ? 'none' : (call.trouble?.code ?? call.status)
    if (shown.at(-1)?.text !== text) shown.push({ at: performance.now(), text })
  }
  const offs = [phone.phone.onChanged(look), phone.session.onChanged(look)]
  look()
  const isWell = (): boolean => hearing.isHeard() && shown.at(-1)?.text === 'conversation'
  return {
    /** What is heard and what is shown come by different ways, so neither is asked at one moment. */
    settled: async () => {
      const giveUpAt = performance.now() + settleMs
      while (!isWell() && performance.now() < giveUpAt) await pass(50)
    },
    side: (): Side => {
      const { missing, gaps, longestMs } = hearing.report()
      look()
      return { missing, gaps, longestMs, shown: [...shown], heardAtEnd: hearing.isHeard() }
    },
    stop: () => {
      for (const off of offs) off()
    }
  }
}

const shareOf = ({ packets, lost }: { readonly packets: number; readonly lost: number }) =>
  packets === 0 ? 0 : lost / packets

/** `seconds` of talk on that line. Rejects where the call does not come about or does not end as it should. */
export const measureTalk = async (
  server: TestServer,
  profile: Profile,
  seed: number,
  seconds: number
): Promise<Talk> => {
  const line = await createLine({
    server: server.url,
    mediaPort: server.mediaPort,
    seed,
    impairment: profile.first
  })
  line.blockUdp(profile.udpBlocked === true)
  const phones: TestPhone[] = []
  const join = async (options: Parameters<typeof createTestPhone>[0]) => {
    const phone = await createTestPhone(options)
    phones.push(phone)
    return phone
  }
  try {
    const near = await join({ server: server.url, username: '101', hz: 400, line })
    const far = await join({ server: server.url, username: '102', hz: 900 })
    const dialledAt = performance.now()
    const dialled = near.phone.dial('102')
    if (!dialled.ok) throw new Error(dialled.error.code)
    await far.hears('ringing/L')
    const ringMs = performance.now() - dialledAt
    await near.hears('ringing')
    // Time for both to prepare, as people leave it.
    const ears = await Promise.all([near.ear(20_000), far.ear(20_000)])
    const answeredAt = performance.now()
    far.phone.answer(far.phone.calls()[0]?.session ?? '')
    await Promise.all([near.hears('conversation', 20_000), far.hears('conversation', 20_000)])
    await Promise.all([ears[0].hears(900, 20_000), ears[1].hears(400, 20_000)])
    const answerMs = performance.now() - answeredAt

    const [nearFollowed, farFollowed] = [follow(near, near.listenFor(900)), follow(far, far.listenFor(400))]
    const before = line.stats()
    await profile.during(line, seconds)
    const after = line.stats()
    await Promise.all([nearFollowed.settled(), farFollowed.settled()])
    const [nearSide, farSide] = [nearFollowed.side(), farFollowed.side()]
    nearFollowed.stop()
    farFollowed.stop()
    near.phone.hangUp(dialled.value.session)
    await Promise.all([near.hears('E(hangup)'), far.hears('E(hangup)', 20_000)])
    return {
      profile: profile.name,
      seed,
      ringMs,
      answerMs,
      near: nearSide,
      far: farSide,
      lost: { up: shareOf(after.up), down: shareOf(after.down) },
      via: after.tcp - before.tcp > after.udp - before.udp ? 'tcp' : 'udp',
      words: { near: statesOf(near.heard()), far: statesOf(far.heard()) }
    }
  } finally {
    await Promise.all(phones.map((phone) => phone.close()))
    await line.close()
  }
}

/** What was shown against what was heard; each sentence is a lie that was told. */
export const liesOf = ({ shown, gaps, heardAtEnd }: Side): readonly string[] => {
  const lies: string[] = []
  for (const { at, ms } of gaps) {
    if (ms < noticeMs) continue
    const saidThen = shown.filter((one) => one.at > at && one.at < at + noticeMs).map(({ text }) => text)
    if (!saidThen.some((text) => text !== 'conversation')) lies.push(`${ms} ms without sound, and nothing was shown`)
  }
  const last = shown.at(-1)?.text
  if (heardAtEnd && last !== 'conversation') lies.push(`both hear each other, and ${String(last)} is shown`)
  return lies
}
