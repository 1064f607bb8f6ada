// What a part of the benchmark hands back, one line of the table each, and how it stands against its goal. Measures nothing.

/** A bound that is shown as met or missed; nothing fails by it. */
export type Goal = { readonly kind: 'atMost' | 'atLeast'; readonly value: number }

export type Measure = {
  /** What was measured, in words. */
  readonly name: string
  readonly unit: 'ms' | 'MiB' | '% CPU' | '/s'
  readonly value: number
  readonly goal?: Goal
  /** The same without Tamas, measured in the same run. */
  readonly bare?: number
  /** On value ÷ bare, or on value − bare where the unit is MiB. */
  readonly bareGoal?: Goal
  /** How many values it stands for. */
  readonly count?: number
}

/** A part of the benchmark: its measures and what has to be known to read them. */
export type PartResult = { readonly measures: readonly Measure[]; readonly notes: readonly string[] }

export const atMost = (value: number): Goal => ({ kind: 'atMost', value })
export const atLeast = (value: number): Goal => ({ kind: 'atLeast', value })

export const isMet = ({ kind, value }: Goal, reached: number): boolean =>
  kind === 'atMost' ? reached <= value : reached >= value

/** How the value stands to the bare one: a difference for memory, which adds up, and a ratio for everything else. */
export const againstBare = ({ unit, value, bare }: Measure): number | null =>
  bare === undefined ? null : unit === 'MiB' ? value - bare : value / bare

/** Null where there is no goal. */
export const goalsMet = (measure: Measure): boolean | null => {
  const against = againstBare(measure)
  const answers = [
    ...(measure.goal === undefined ? [] : [isMet(measure.goal, measure.value)]),
    ...(measure.bareGoal === undefined || against === null ? [] : [isMet(measure.bareGoal, against)])
  ]
  return answers.length === 0 ? null : answers.every(Boolean)
}
