// The browser's statistics of both transports, as one sample of counters. Pure; what went on between two of them is
// line-stretch.ts's.

/** What one incoming stream has counted since it exists. */
export type Counters = {
  readonly received: number
  readonly lost: number
  /** Samples of sound that were played, and those of them that were made up for want of packets. */
  readonly samples: number
  readonly concealed: number
  /** Sum of the seconds that samples waited to be played, and how many did. */
  readonly waitedS: number
  readonly emitted: number
  /** Grows with every sound (its square, times seconds); null where the browser does not count it. */
  readonly energy: number | null
}

export type Incoming = Counters & {
  /** When the browser counted, in milliseconds on any clock. */
  readonly atMs: number
  /** How many packets the server says it has sent, and when that was by its clock; null before it has. */
  readonly served: { readonly packets: number; readonly atMs: number } | null
}

export type LineSample = {
  /** By the browser's id of the stream. */
  readonly incoming: ReadonlyMap<string, Incoming>
  /** Packets that were sent, and those of them that the server had to ask for again; null where that is not counted. */
  readonly sent: number
  readonly resent: number | null
  readonly roundTripMs: number | null
  /**
   * Share of what is sent from here that does not arrive (0 to 1), as the server last reported: at the server itself, after
   * repairs, or at the other side, whichever is more.
   */
  readonly lostOut: number | null
}

type Stats = Readonly<Record<string, unknown>>

const numberIn = (stats: Stats | undefined, name: string): number | null => {
  const value = stats?.[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
const countIn = (stats: Stats, name: string): number => numberIn(stats, name) ?? 0

const servedOf = (report: Stats | undefined): Incoming['served'] => {
  const [packets, atMs] = [numberIn(report, 'packetsSent'), numberIn(report, 'remoteTimestamp')]
  return packets === null || atMs === null ? null : { packets, atMs }
}

const incomingOf = (stats: Stats, report: Stats | undefined): Incoming => ({
  received: countIn(stats, 'packetsReceived'),
  lost: countIn(stats, 'packetsLost'),
  samples: countIn(stats, 'totalSamplesReceived'),
  // Silence that is made up where the other side sends none is no loss.
  concealed: countIn(stats, 'concealedSamples') - countIn(stats, 'silentConcealedSamples'),
  waitedS: countIn(stats, 'jitterBufferDelay'),
  emitted: countIn(stats, 'jitterBufferEmittedCount'),
  energy: numberIn(stats, 'totalAudioEnergy'),
  atMs: countIn(stats, 'timestamp'),
  served: servedOf(report)
})

/** What `getStats` gives, as much as is used of it. */
export type Report = { readonly forEach: (visit: (stats: unknown) => void) => void }

const isStats = (value: unknown): value is Stats => typeof value === 'object' && value !== null

const sumOf = (all: readonly Stats[], name: string): number | null =>
  all.some((stats) => numberIn(stats, name) !== null) ? all.reduce((sum, stats) => sum + countIn(stats, name), 0) : null

/** The reports of a call's transports as one sample. Entries are found by what they say they are, never by their place. */
export const sampleOf = (reports: readonly Report[]): LineSample => {
  const all: Stats[] = []
  for (const report of reports) {
    report.forEach((stats) => {
      if (isStats(stats)) all.push(stats)
    })
  }
  const audio = (type: string) => all.filter((stats) => stats['type'] === type && stats['kind'] === 'audio')
  const [out, served] = [audio('outbound-rtp'), audio('remote-outbound-rtp')]
  const [remote] = audio('remote-inbound-rtp')
  const pair = all.find(({ type, nominated }) => type === 'candidate-pair' && nominated === true)
  const roundTripS = numberIn(remote, 'roundTripTime') ?? numberIn(pair, 'currentRoundTripTime')
  const streams = audio('inbound-rtp').map((stats): readonly [string, Incoming] => {
    const report = served.find(({ localId }) => localId === stats['id'])
    return [String(stats['id']), incomingOf(stats, report)]
  })
  return {
    incoming: new Map(streams),
    sent: sumOf(out, 'packetsSent') ?? 0,
    resent: sumOf(out, 'retransmittedPacketsSent'),
    roundTripMs: roundTripS === null ? null : roundTripS * 1_000,
    lostOut: numberIn(remote, 'fractionLost')
  }
}
