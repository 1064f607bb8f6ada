// Numbers of a series: percentiles and rounding. Prints nothing.

/** The value below which the `share` (0 … 1) of a series lies, by the nearest rank; NaN for an empty one. */
export const percentile = (series: readonly number[], share: number): number => {
  const sorted = [...series].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const median = (series: readonly number[]): number => percentile(series, 0.5)

/** Three significant digits: more would pretend to know more. */
export const rounded = (value: number): number => Number(value.toPrecision(3))
