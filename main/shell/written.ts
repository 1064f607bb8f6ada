// Numbers and times of tray, notifications and dialogs, in the digits and the calendar that the person chose. Pure.
import { createFormat, formatTag, type Format } from '../../common/i18n/format.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'

export const written = ({ locale, settings }: Pick<AppSnapshot, 'locale' | 'settings'>): Format =>
  createFormat(formatTag(locale, [], settings))
