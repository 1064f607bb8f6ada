// فارسی: واژه‌های برنامه و آنچه باید از زبان دانست.
import { callFa } from './call.ts'
import { contactClashFa } from './contact-clash.ts'
import { commandFa } from './command.ts'
import { contactsFa } from './contacts.ts'
import { copiedFa } from './copied.ts'
import { diagnosticsFa } from './diagnostics.ts'
import { errorsFa } from './errors.ts'
import { headsetFa } from './headset.ts'
import { linksFa } from './links.ts'
import { preflightFa } from './preflight.ts'
import { qualityFa } from './quality.ts'
import { recentsFa } from './recents.ts'
import { restFa } from './rest.ts'
import { settingsFa } from './settings.ts'
import { severalFa } from './several.ts'
import { shellFa } from './shell.ts'
import { shortcutsFa } from './shortcuts.ts'
import { soundFa } from './sound.ts'
import { talksFa } from './talks.ts'
import { uiFa } from './ui.ts'
import { updatesFa } from './updates.ts'
import type { Language } from '../language.ts'

export const fa: Language = {
  name: 'فارسی',
  direction: 'rtl',
  region: 'fa-IR',
  names: 'fa',
  strings: {
    call: callFa,
    contactClash: contactClashFa,
    command: commandFa,
    contacts: contactsFa,
    copied: copiedFa,
    diagnostics: diagnosticsFa,
    errors: errorsFa,
    headset: headsetFa,
    links: linksFa,
    preflight: preflightFa,
    quality: qualityFa,
    recents: recentsFa,
    rest: restFa,
    settings: settingsFa,
    several: severalFa,
    shell: shellFa,
    shortcuts: shortcutsFa,
    sound: soundFa,
    talks: talksFa,
    ui: uiFa,
    updates: updatesFa
  }
}
