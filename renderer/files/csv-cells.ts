// Cells of a table that a spreadsheet may open: what would be taken for a formula there is made text, and text again here.
// Pure.
//
// A cell that begins with one of = + - @ may be run as a formula, so an apostrophe is put before it; of cells that have
// one or more before such a sign already, each gets one more, so that nothing is lost. A telephone number goes as it is:
// all that a spreadsheet could do with it is sums, and other apps would take the apostrophe for a part of it.

const risky = /^'*[=+\-@\t\r]/
const numberShape = /^[+-]?[0-9 ()./*#-]+$/

export const safeCell = (text: string): string => (risky.test(text) && !numberShape.test(text) ? `'${text}` : text)

export const plainCell = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)
