// The last two minutes of a line as graphs and rows for the panel of a talk: values, their range, and each in words. Pure.
import type { Format } from '../../common/i18n/format.ts'
import type { Catalogue } from '../../common/i18n/index.ts'
import { fairFrom } from '../../common/quality.ts'
import { storyMs } from './line-story.ts'
import type { LineLook } from './media-port.ts'

export const graphNames = ['mos', 'lossIn', 'lossOut', 'roundTrip', 'jitter', 'levelIn', 'levelOut'] as const
export type GraphName = (typeof graphNames)[number]

export type ShownGraph = {
  readonly id: GraphName
  readonly name: string
  /** The newest value, as it is written. */
  readonly now: string
  readonly text: string
  readonly points: readonly { readonly at: number; readonly value: number | null }[]
  readonly from: number
  readonly to: number
  readonly over: readonly [from: number, to: number]
  readonly troubleBelow: number | null
}

/** As quiet as is shown. */
const quietest = -60
const decibels = (level: number | null | undefined): number | null =>
  level === null || level === undefined ? null : Math.max(quietest, level <= 0 ? quietest : 20 * Math.log10(level))

const valueOf = (id: GraphName, { quality, measures, facts }: LineLook): number | null => {
  switch (id) {
    case 'mos':
      return quality.opinion
    case 'lossIn':
      return measures?.lossIn ?? null
    case 'lossOut':
      return measures?.lossOut ?? null
    case 'roundTrip':
      return measures?.roundTripMs ?? null
    case 'jitter':
      return measures === null ? null : (facts?.jitterMs ?? null)
    case 'levelIn':
      return decibels(facts?.levelIn)
    case 'levelOut':
      return decibels(facts?.levelOut)
  }
}

/** What the graph reaches at least, so that a good line does not look wild. */
const ranges: Readonly<Record<GraphName, readonly [from: number, to: number]>> = {
  mos: [1, 4.5],
  lossIn: [0, 0.1],
  lossOut: [0, 0.1],
  roundTrip: [0, 200],
  jitter: [0, 40],
  levelIn: [quietest, 0],
  levelOut: [quietest, 0]
}

const written = (id: GraphName, value: number, words: Catalogue['talks']['panel'], format: Format): string => {
  switch (id) {
    case 'mos':
      return format.mark(value)
    case 'lossIn':
    case 'lossOut':
      return format.percent(value)
    case 'roundTrip':
    case 'jitter':
      return format.milliseconds(value)
    case 'levelIn':
    case 'levelOut':
      return words.decibels(format.count(Math.round(value)))
  }
}

export const graphsOf = (
  looks: readonly LineLook[],
  { talks: { panel: words } }: Pick<Catalogue, 'talks'>,
  format: Format
): readonly ShownGraph[] => {
  const end = looks.at(-1)?.atMs ?? 0
  return graphNames.map((id) => {
    const points = looks.map((look) => ({ at: look.atMs, value: valueOf(id, look) }))
    const known = points.flatMap(({ value }) => value ?? [])
    const write = (value: number) => written(id, value, words, format)
    const last = points.at(-1)?.value ?? null
    const name = words.graphs[id]
    const now = last === null ? words.unknown : write(last)
    const [from, to] = ranges[id]
    const text =
      known.length === 0
        ? `${name}: ${now}`
        : words.range(name, now, write(Math.min(...known)), write(Math.max(...known)))
    return {
      id,
      name,
      now,
      text,
      points,
      from,
      to: Math.max(to, ...known),
      over: [end - storyMs, end],
      troubleBelow: id === 'mos' ? fairFrom : null
    }
  })
}

/** What does not change much, in rows. */
export const factRows = (
  looks: readonly LineLook[],
  { talks: { panel: words } }: Pick<Catalogue, 'talks'>,
  format: Format
): readonly (readonly [name: string, value: string])[] => {
  const facts = looks.at(-1)?.facts ?? null
  if (facts === null) return []
  const rate = (bits: number | null) => (bits === null ? words.unknown : words.kilobits(format.count(bits / 1_000)))
  const protocol = facts.transport?.toUpperCase() ?? words.unknown
  return [
    [words.facts.codec, facts.codec ?? words.unknown],
    [words.facts.bitsIn, rate(facts.bitsIn)],
    [words.facts.bitsOut, rate(facts.bitsOut)],
    [words.facts.transport, facts.relayed === true ? words.facts.relayed(protocol) : words.facts.direct(protocol)]
  ]
}
