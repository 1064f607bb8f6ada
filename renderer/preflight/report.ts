// What a check found as plain text for whoever helps: one line for each thing, as in a log, the same in every language.
// Numbers and labels of devices; no names, no addresses, no tokens. Pure.
import { inOrder, verdictOf, type Finding, type Findings } from './findings.ts'

export type ReportFacts = {
  readonly version: string
  readonly electron: string
  readonly chrome: string
  /** What the browser says of the system. */
  readonly system: string
  /** ISO 8601. */
  readonly at: string
  readonly settings: Readonly<Record<string, boolean>>
}

const rounded = (value: unknown): string =>
  typeof value === 'number' ? String(Math.round(value * 1_000) / 1_000) : JSON.stringify(value)

const fieldsOf = (value: object): readonly string[] =>
  Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
    if (name === 'of' || name === 'is') return []
    return typeof field === 'object' && field !== null ? fieldsOf(field) : [`${name}=${rounded(field)}`]
  })

const lineOf = (finding: Finding, found: Findings): string =>
  [finding.of.padEnd(10), verdictOf(finding, found).padEnd(4), finding.is, ...fieldsOf(finding)].join(' ')

export const reportOf = (found: Findings, facts: ReportFacts): string => {
  const { version, electron, chrome, system, at, settings } = facts
  const lines = [
    `tamas ${version} electron=${electron} chromium=${chrome} system=${JSON.stringify(system)}`,
    `checked=${at} ${Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
    ...inOrder(found).map((finding) => lineOf(finding, found))
  ]
  return `${lines.join('\n')}\n`
}
