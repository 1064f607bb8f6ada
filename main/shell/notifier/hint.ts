// The sentence that tells, the first time, where the app is after its window was closed. Pure.
import { catalogue, type Locale } from '../../../common/i18n/index.ts'
import type { ClosingHint } from '../closing.ts'
import type { WantedNotification } from './wanted.ts'

export const hintNotification = (locale: Locale, hint: ClosingHint | null): readonly WantedNotification[] => {
  if (hint === null) return []
  const words = catalogue(locale).shell.closing
  return [
    {
      key: `hint:${hint}`,
      kind: 'hint',
      session: null,
      title: words.title,
      body: words[hint],
      buttons: [],
      sound: false
    }
  ]
}
