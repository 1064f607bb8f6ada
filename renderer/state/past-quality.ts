// How a past talk was, in words: good, or for how long it was not and by what. Pure.
import { levelOfMark, type QualityLevel } from '../../common/quality.ts'
import type { Format } from '../../common/i18n/format.ts'
import type { Catalogue } from '../../common/i18n/index.ts'
import type { SideQuality } from '../../common/types.ts'

/** Shorter than this nobody remembers. */
const worthTellingMs = 4_000

const causeWords = (
  worst: NonNullable<SideQuality['worst']>,
  words: Catalogue['talks']['past']['mineCauses'],
  format: Format
): string =>
  worst.kind === 'delay'
    ? words.delay(format.milliseconds(worst.amount))
    : words[worst.kind][worst.whose](format.percent(worst.amount))

export type PastQualityWords = {
  /** What it was on the whole. */
  readonly level: QualityLevel
  readonly name: string
  /** What was wrong, and for how long; null where nothing was. */
  readonly trouble: string | null
}

/** `side` tells whose device has measured it. */
export const pastQualityWords = (
  quality: SideQuality,
  side: 'mine' | 'theirs',
  { talks, quality: { levels } }: Pick<Catalogue, 'talks' | 'quality'>,
  format: Format
): PastQualityWords => {
  const words = talks.past
  const { poorMs, fairMs, worst } = quality
  const level = levelOfMark(quality.mos.mean)
  const name = levels[level]
  const isPoor = poorMs >= worthTellingMs
  if (!isPoor && fairMs < worthTellingMs) return { level, name, trouble: null }
  const what = isPoor ? words.poorFor(format.length(poorMs)) : words.fairFor(format.length(fairMs))
  const causes = side === 'mine' ? words.mineCauses : words.theirsCauses
  return {
    level,
    name,
    trouble: worst === null ? `${what}.` : words.because(what, causeWords(worst, causes, format))
  }
}
