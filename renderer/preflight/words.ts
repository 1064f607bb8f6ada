// What a check found, in sentences that say what to do. Pure.
import type { Format } from '../../common/i18n/format.ts'
import type { Catalogue } from '../../common/i18n/index.ts'
import { isolated } from '../state/people.ts'
import type { Finding, Findings, TalkNumbers } from './findings.ts'

const bestMark = 5

/** `found` is all there is: what a blocked way means depends on the other one. */
export const sentenceOf = (
  finding: Finding,
  found: Findings,
  { preflight, errors, ui }: Pick<Catalogue, 'preflight' | 'errors' | 'ui'>,
  format: Format
): string => {
  const words = preflight.found
  const named = (device: string) => (device === '' ? ui.settings.systemDefault : isolated(device))
  switch (finding.of) {
    case 'server':
      if (finding.is === 'away') return words.server.away
      if (finding.is === 'refused') return errors[finding.code]
      return words.server[finding.is](format.milliseconds(Math.max(10, finding.roundTripMs)))
    case 'clock':
      return 'byMs' in finding ? words.clock[finding.is](format.length(finding.byMs)) : words.clock[finding.is]
    case 'microphone':
      return finding.is === 'failed' ? errors[finding.code] : words.microphone[finding.is](named(finding.device))
    case 'speaker':
      return words.speaker[finding.is](named(finding.device))
    case 'echo':
      if (finding.is === 'comesBack') return finding.cancelling ? words.echo.cancelled : words.echo.uncancelled
      return words.echo[finding.is]
    case 'tcp':
    case 'udp': {
      if (finding.is === 'blocked') {
        const other = finding.of === 'tcp' ? found.udp : found.tcp
        return words[finding.of][other?.is === 'open' ? 'blocked' : 'blockedToo'](format.count(finding.port))
      }
      if (finding.is === 'open') return words[finding.of].open
      return finding.is === 'untried' ? words.untriedWay : words.notOffered
    }
    case 'relay':
      return finding.is === 'untried' ? words.untriedWay : words.relay[finding.is]
    case 'talk':
      if (finding.is === 'untried') return words.untriedWay
      if (!('numbers' in finding)) return words.talk[finding.is]
      return words.talk[finding.is](preflight.mark(format.mark(finding.numbers.opinion), format.count(bestMark)))
  }
}

/** The numbers of a talk as rows: what, and how much. */
export const numbersInWords = (
  { lossIn, lossOut, jitterMs, roundTripMs }: TalkNumbers,
  { preflight: { numbers } }: Pick<Catalogue, 'preflight'>,
  format: Format
): readonly (readonly [what: string, value: string])[] => [
  [numbers.lossIn, format.percent(lossIn)],
  [numbers.lossOut, format.percent(lossOut)],
  ...(jitterMs === null ? [] : [[numbers.jitter, format.milliseconds(jitterMs)] as const]),
  ...(roundTripMs === null ? [] : [[numbers.roundTrip, format.milliseconds(roundTripMs)] as const])
]
