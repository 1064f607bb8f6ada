// How good a line is, in a sentence that names what hurts it. Pure.
import type { Format } from '../../common/i18n/format.ts'
import type { Catalogue } from '../../common/i18n/index.ts'
import type { LineQuality } from './media-port.ts'

/** Null while there is nothing to say: the line is good, or nobody knows. */
export const lineWords = (
  { level, cause }: LineQuality,
  { quality: words }: Pick<Catalogue, 'quality'>,
  format: Format
): string | null => {
  if (level === 'good' || level === 'unknown') return null
  switch (cause?.kind) {
    case 'lossIn':
    case 'lossOut':
      return words[cause.kind][cause.whose](format.percent(cause.share))
    case 'delay':
      return words.delay(format.milliseconds(cause.ms))
    case undefined:
      return words.recovering
  }
}
