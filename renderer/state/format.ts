// Which day something was, on the machine's calendar of days. How days are written stands in common/i18n/format.
import { dayMs } from '../../common/time.ts'

/** How many calendar days (of the machine's time zone) lie between: 0 = the same day, 1 = yesterday. */
export const daysBefore = (at: number, now: number): number => {
  const midnight = (ms: number) => {
    const date = new Date(ms)
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  }
  return Math.round((midnight(now) - midnight(at)) / dayMs)
}
