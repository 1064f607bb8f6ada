// Settings in words: what each is called, and what a value of it is, for the list of what a file of settings would change.
import { acceleratorKeys } from '../../common/accelerator.ts'
import { keySettings } from '../../common/global-shortcuts.ts'
import type { Catalogue } from '../../common/i18n/index.ts'
import { languageOf, locales } from '../../common/i18n/index.ts'
import type { Format } from '../../common/i18n/format.ts'
import type { PortableName, PortableSettings, SettingValue } from '../../common/settings-file.ts'
import type { Settings, SettingsChange } from '../../common/types.ts'

/** What each setting that may stand in a file is called. A new setting does not compile without its name. */
const namesOf = ({
  ui,
  sound,
  talks,
  copied,
  rest,
  shortcuts: { global }
}: Catalogue): Readonly<Record<PortableName, string>> => {
  const { settings } = ui
  return {
    language: settings.language,
    digits: settings.digits,
    calendar: settings.calendar,
    theme: settings.theme,
    textSize: settings.textSize,
    echoCancellation: settings.echoCancellation,
    noiseSuppression: settings.noiseSuppression,
    autoGain: settings.autoGain,
    ringtone: sound.ringtone,
    ringVolume: settings.ringVolume,
    notifyIncoming: settings.notifyIncoming,
    ringWindow: settings.ringWindow,
    raiseOnIncoming: settings.raiseOnIncoming,
    askRating: talks.rating.setting,
    closeToTray: settings.closeToTray,
    miniWindow: settings.miniWindow,
    letWindowRest: rest.setting,
    offerCopied: copied.setting,
    startAtLogin: settings.startAtLogin,
    keysAnswer: global.setting(global.names.answer),
    keysDecline: global.setting(global.names.decline),
    keysMute: global.setting(global.names.mute),
    keysHangUp: global.setting(global.names.hangUp),
    keysDial: global.setting(global.names.dial)
  }
}

/** What the choices of a setting are called where they are more than on and off. */
const choicesOf = ({ ui: { settings }, sound }: Catalogue): Partial<Record<PortableName, Record<string, string>>> => ({
  language: {
    system: settings.languageSystem,
    ...Object.fromEntries(locales.map((locale) => [locale, languageOf(locale).name]))
  },
  digits: { auto: settings.digitsAuto, latin: settings.digitsLatin, persian: settings.digitsPersian },
  calendar: { auto: settings.calendarAuto, gregorian: settings.calendarGregorian, jalali: settings.calendarJalali },
  theme: { system: settings.themeSystem, light: settings.themeLight, dark: settings.themeDark },
  ringtone: sound.ringtones
})

const keyNames: readonly string[] = Object.values(keySettings)

const valueWords = (name: PortableName, value: SettingValue, strings: Catalogue, format: Format): string => {
  if (typeof value === 'boolean') return value ? strings.settings.data.on : strings.settings.data.off
  if (typeof value === 'number') return format.percent(value)
  if (keyNames.includes(name)) {
    // Written as on most computers: the file may be for any.
    return value === '' ? strings.shortcuts.global.none : acceleratorKeys(value, 'other').join('+')
  }
  return choicesOf(strings)[name]?.[value] ?? value
}

/** One setting that a file would change. */
export type ChangeInWords = {
  readonly name: PortableName
  readonly label: string
  readonly before: string
  readonly after: string
}

/** What of a change is one, in the order in which the settings are named; what is as it is already is left out. */
export const changesInWords = (
  settings: Settings,
  change: SettingsChange,
  strings: Catalogue,
  format: Format
): readonly ChangeInWords[] => {
  const names = namesOf(strings)
  return (Object.keys(names) as PortableName[]).flatMap((name) => {
    const before: PortableSettings[PortableName] = settings[name]
    const after = change[name]
    if (after === undefined || after === before) return []
    const words = (value: SettingValue): string => valueWords(name, value, strings, format)
    return [{ name, label: names[name], before: words(before), after: words(after) }]
  })
}
