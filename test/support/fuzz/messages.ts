// Messages that no phone would send: wrong types, too large, unknown calls, calls of others, wrong order, no envelope.
// Seeded; sends nothing itself.
import { requestNames } from '../../../common/protocol/socket.ts'
import { pick, sampleData } from './sample.ts'

export type Message = {
  readonly event: string
  readonly args: readonly unknown[]
  readonly wantsAnswer: boolean
}

const deep = (levels: number): unknown => (levels === 0 ? 'x' : { a: [deep(levels - 1)] })

const nasty: readonly (() => unknown)[] = [
  () => null,
  () => '',
  () => -1,
  () => 0,
  () => 1.5,
  () => Number.MAX_SAFE_INTEGER,
  () => 1e308,
  () => true,
  () => [],
  () => ({}),
  () => [[[[]]]],
  () => 'x'.repeat(70),
  () => 'x'.repeat(5_000),
  () => '\u0000\u202e\ud800',
  () => '../../etc/passwd',
  () => "'; drop table calls; --",
  () => '__proto__',
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown,
  () => ({ toString: 1, valueOf: null, then: 'x', length: -1 }),
  () => deep(200),
  () => Array.from({ length: 500 }, (_, i) => i),
  () => Buffer.from([0, 255, 1]),
  () => ({ codecs: [{ mimeType: 'audio/opus', parameters: { a: {} } }], encodings: [{ ssrc: -1 }] }),
  () => ({ fingerprints: [{ algorithm: 'sha-256', value: 'zz' }], role: 'auto' })
]

/** Puts something nasty in one place of the data, takes a field away, or adds one. */
const spoil = (data: Record<string, unknown>, random: () => number): unknown => {
  const fields = Object.keys(data)
  const roll = random()
  if (fields.length === 0 || roll < 0.1) return pick(random, nasty)()
  const field = pick(random, fields)
  if (roll < 0.25) return Object.fromEntries(Object.entries(data).filter(([name]) => name !== field))
  if (roll < 0.35) return { ...data, [`${field}2`]: pick(random, nasty)() }
  return { ...data, [field]: pick(random, nasty)() }
}

const wrongNames = [
  '',
  '7',
  'call',
  'call.',
  'media.consume',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(2_000)
]

/** `calls` are ids to talk about: own, those of others, ended, made up. */
export const createMessages = (random: () => number, calls: () => readonly string[]) => {
  let n = 0
  const requestIds: string[] = []

  const requestId = (): unknown => {
    const roll = random()
    if (roll < 0.04) return pick(random, nasty)()
    if (roll < 0.1 && requestIds.length > 0) return pick(random, requestIds)
    n += 1
    const id = `f${n}`
    requestIds.push(id)
    if (requestIds.length > 200) requestIds.shift()
    return id
  }

  return (): Message => {
    const name = pick(random, requestNames)
    const data = sampleData(name, pick(random, calls()), random)
    const roll = random()
    const event = roll < 0.03 ? pick(random, wrongNames) : name
    // A good half is well-formed and wrong in its meaning or its time.
    const body = random() < 0.5 ? spoil(data, random) : data
    const envelope = { requestId: requestId(), data: body }
    // What is no request at all is counted against the phone and not answered.
    if (roll > 0.99) return { event, args: [], wantsAnswer: false }
    if (roll > 0.98) return { event, args: [pick(random, nasty)(), pick(random, nasty)()], wantsAnswer: false }
    if (roll > 0.97) return { event, args: [pick(random, nasty)()], wantsAnswer: true }
    if (roll > 0.96) return { event, args: [envelope], wantsAnswer: false }
    return { event, args: [envelope], wantsAnswer: true }
  }
}
