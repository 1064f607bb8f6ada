// The table that the benchmark prints. Judges nothing.
import { againstBare, goalsMet, type Goal, type Measure, type PartResult } from './measure.ts'
import { rounded } from './stats.ts'

const sign = ({ kind, value }: Goal): string => `${kind === 'atMost' ? '≤' : '≥'} ${value}`

const compared = (measure: Measure): string => {
  const against = againstBare(measure)
  if (against === null) return ''
  const text = measure.unit === 'MiB' ? `+ ${rounded(against)} MiB` : `${rounded(against)} ×`
  return measure.bareGoal === undefined ? text : `${text} (${sign(measure.bareGoal)})`
}

const verdict = (measure: Measure): string => {
  const met = goalsMet(measure)
  if (met === null) return ''
  return met ? 'met' : 'MISSED'
}

const row = (measure: Measure): readonly string[] => [
  measure.name,
  `${rounded(measure.value)} ${measure.unit}`,
  measure.goal === undefined ? '' : sign(measure.goal),
  measure.bare === undefined ? '' : String(rounded(measure.bare)),
  compared(measure),
  verdict(measure)
]

const head = ['', 'value', 'goal', 'bare', 'against bare (goal)', ''] as const

/** All lines of all parts, in columns, with the notes of each part below it. */
export const formatTable = (parts: ReadonlyMap<string, PartResult>): string => {
  const rows = [...parts.values()].flatMap(({ measures }) => measures.map(row))
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0), title.length)
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  const blocks = [...parts].map(([name, { measures, notes }]) =>
    [`── ${name}`, ...measures.map((measure) => line(row(measure))), ...notes.map((note) => `   ${note}`)].join('\n')
  )
  return [line(head), ...blocks].join('\n')
}
