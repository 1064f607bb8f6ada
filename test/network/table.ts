// Prints a table: columns as wide as their widest cell, words to the left, numbers to the right.

export const tableOf = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => (row[i] ?? '').length)))
  const lineOf = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  return [lineOf(heads), lineOf(widths.map((width) => '─'.repeat(width))), ...rows.map(lineOf)].join('\n')
}

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
export const ms = (value: number): string => String(Math.round(value))
