// What the browser's statistics say of a line beside how good it is: jitter, bit rates, levels, codec and the way that
// packets take. Pure; for who wants to know more than line-quality.ts tells.
import type { LineFacts } from '../state/media-port.ts'
import type { Report } from './line-sample.ts'

/** What has been counted since the beginning. Energies are squares of the level, times seconds. */
export type FactsSample = {
  readonly atMs: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly energyIn: number
  readonly energyOut: number
  readonly secondsIn: number
  readonly secondsOut: number
  readonly jitterMs: number | null
  readonly codec: string | null
  readonly transport: LineFacts['transport']
  readonly relayed: boolean | null
}

type Stats = Readonly<Record<string, unknown>>

const isStats = (value: unknown): value is Stats => typeof value === 'object' && value !== null
const numberIn = (stats: Stats, name: string): number | null => {
  const value = stats[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
const sum = (all: readonly Stats[], name: string): number =>
  all.reduce((total, stats) => total + (numberIn(stats, name) ?? 0), 0)
const latest = (all: readonly Stats[], name: string): number | null =>
  all.reduce<number | null>((found, stats) => numberIn(stats, name) ?? found, null)

/** `audio/opus` of 48,000 Hz is `Opus 48 kHz`: what people who ask for it call it. */
const codecName = ({ mimeType, clockRate }: Stats): string | null => {
  if (typeof mimeType !== 'string' || !mimeType.startsWith('audio/')) return null
  const name = mimeType.slice('audio/'.length)
  const shown = name.charAt(0).toUpperCase() + name.slice(1)
  return typeof clockRate === 'number' ? `${shown} ${clockRate / 1_000} kHz` : shown
}

/** The candidates of the pairs that are in use, ours and the server's. */
const candidatesIn = (all: readonly Stats[]): readonly Stats[] => {
  const used = all.filter((stats) => stats['type'] === 'candidate-pair' && stats['nominated'] === true)
  const ids = used.flatMap((pair) => [pair['localCandidateId'], pair['remoteCandidateId']])
  return all.filter((stats) => ids.includes(stats['id']) && String(stats['type']).endsWith('-candidate'))
}

export const factsOf = (reports: readonly Report[], atMs: number): FactsSample => {
  const all: Stats[] = []
  for (const report of reports) {
    report.forEach((stats) => {
      if (isStats(stats)) all.push(stats)
    })
  }
  const audio = (type: string) => all.filter((stats) => stats['type'] === type && stats['kind'] === 'audio')
  const [incoming, outgoing, sources] = [audio('inbound-rtp'), audio('outbound-rtp'), audio('media-source')]
  const candidates = candidatesIn(all)
  const protocols = candidates.map((candidate) => candidate['protocol'])
  const codec = all.find((stats) => stats['type'] === 'codec' && codecName(stats) !== null)
  const jitterS = latest(incoming, 'jitter')
  return {
    atMs,
    bytesIn: sum(incoming, 'bytesReceived'),
    bytesOut: sum(outgoing, 'bytesSent'),
    energyIn: sum(incoming, 'totalAudioEnergy'),
    energyOut: sum(sources, 'totalAudioEnergy'),
    secondsIn: sum(incoming, 'totalSamplesDuration'),
    secondsOut: sum(sources, 'totalSamplesDuration'),
    jitterMs: jitterS === null ? null : jitterS * 1_000,
    codec: codec === undefined ? null : codecName(codec),
    // One way over TCP is enough to make a talk wait.
    transport: protocols.includes('tcp') ? 'tcp' : protocols.includes('udp') ? 'udp' : null,
    relayed: candidates.length === 0 ? null : candidates.some((candidate) => candidate['candidateType'] === 'relay')
  }
}

/** Null where it was not counted, or counted from the beginning again. */
const growth = (before: number, after: number): number | null => (after < before ? null : after - before)

const levelOf = (energy: number | null, seconds: number | null): number | null =>
  energy === null || seconds === null || seconds <= 0 ? null : Math.min(1, Math.sqrt(energy / seconds))

/** What went on between two looks. */
export const factsBetween = (before: FactsSample, after: FactsSample): LineFacts => {
  const seconds = (after.atMs - before.atMs) / 1_000
  const rate = (bytes: number | null) => (bytes === null || seconds <= 0 ? null : (8 * bytes) / seconds)
  const { jitterMs, codec, transport, relayed } = after
  return {
    jitterMs,
    codec,
    transport,
    relayed,
    bitsIn: rate(growth(before.bytesIn, after.bytesIn)),
    bitsOut: rate(growth(before.bytesOut, after.bytesOut)),
    levelIn: levelOf(growth(before.energyIn, after.energyIn), growth(before.secondsIn, after.secondsIn)),
    levelOut: levelOf(growth(before.energyOut, after.energyOut), growth(before.secondsOut, after.secondsOut))
  }
}
