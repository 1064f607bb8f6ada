// By which way the media of a call goes, from the browser's statistics of its transports. Pure.
import type { PathSeen } from '../preflight/ports.ts'
import type { Report } from './line-sample.ts'

type Stats = Readonly<Record<string, unknown>>
const isStats = (value: unknown): value is Stats => typeof value === 'object' && value !== null

const entriesOf = (report: Report): readonly Stats[] => {
  const all: Stats[] = []
  report.forEach((stats) => {
    if (isStats(stats)) all.push(stats)
  })
  return all
}

/** The protocol of a transport that is up; null where it is not. */
const protocolOf = (all: readonly Stats[]): string | null => {
  const transport = all.find(({ type }) => type === 'transport')
  if (transport?.['dtlsState'] !== 'connected') return null
  const pair = all.find(({ id }) => id === transport['selectedCandidatePairId'])
  const local = all.find(({ id }) => id === pair?.['localCandidateId'])
  const protocol = local?.['protocol']
  return typeof protocol === 'string' ? protocol : null
}

const jitterOf = (all: readonly Stats[]): number | null => {
  const jitter = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')?.['jitter']
  return typeof jitter === 'number' ? jitter * 1_000 : null
}

/** `reports`: one for each transport, of both ways. */
export const pathOf = (reports: readonly Report[]): PathSeen => {
  const all = reports.map(entriesOf)
  const protocols = all.map(protocolOf)
  return {
    connected: protocols.length === 2 && !protocols.includes(null),
    protocols: protocols.filter((protocol) => protocol !== null),
    jitterMs: all.map(jitterOf).find((jitter) => jitter !== null) ?? null
  }
}
