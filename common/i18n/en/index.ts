// English: its catalogue, which all others must fill, and what is to be known of the language.
import { callEn } from './call.ts'
import { contactClashEn } from './contact-clash.ts'
import { commandEn } from './command.ts'
import { contactsEn } from './contacts.ts'
import { copiedEn } from './copied.ts'
import { diagnosticsEn } from './diagnostics.ts'
import { errorsEn } from './errors.ts'
import { headsetEn } from './headset.ts'
import { linksEn } from './links.ts'
import { preflightEn } from './preflight.ts'
import { qualityEn } from './quality.ts'
import { recentsEn } from './recents.ts'
import { restEn } from './rest.ts'
import { settingsEn } from './settings.ts'
import { severalEn } from './several.ts'
import { shellEn } from './shell.ts'
import { shortcutsEn } from './shortcuts.ts'
import { soundEn } from './sound.ts'
import { talksEn } from './talks.ts'
import { uiEn } from './ui.ts'
import { updatesEn } from './updates.ts'
import type { Language } from '../language.ts'

export const enStrings = {
  call: callEn,
  contactClash: contactClashEn,
  command: commandEn,
  contacts: contactsEn,
  copied: copiedEn,
  diagnostics: diagnosticsEn,
  errors: errorsEn,
  headset: headsetEn,
  links: linksEn,
  preflight: preflightEn,
  quality: qualityEn,
  recents: recentsEn,
  rest: restEn,
  settings: settingsEn,
  several: severalEn,
  shell: shellEn,
  shortcuts: shortcutsEn,
  sound: soundEn,
  talks: talksEn,
  ui: uiEn,
  updates: updatesEn
}

export const en: Language = {
  name: 'English',
  direction: 'ltr',
  region: 'en-GB',
  names: 'en',
  strings: enStrings
}
