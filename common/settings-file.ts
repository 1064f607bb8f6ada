// A file of settings, to be kept or taken to another computer: what is in it, how it is written and read. What a value may
// be is said by protocol/settings. Pure.
import type { Settings } from './types.ts'

/**
 * What belongs to this computer alone and is in no file: its devices, which another one has not, and whether the sign-in may
 * lie in a file here.
 */
export const localSettings = [
  'microphone',
  'speaker',
  'ringer',
  'microphoneLabel',
  'speakerLabel',
  'ringerLabel',
  'keepSignInWithoutKeyring'
] as const satisfies readonly (keyof Settings)[]
export type PortableName = Exclude<keyof Settings, (typeof localSettings)[number]>
export type PortableSettings = Pick<Settings, PortableName>

const isLocal = (name: string): boolean => localSettings.some((local) => local === name)

/** What may stand behind a name: any setting is one of these. */
export type SettingValue = string | number | boolean
export type GivenSettings = Readonly<Record<string, SettingValue>>

const format = 'tamas-settings'
const version = 1
/** Far more than any file of settings: what is longer is something else. */
export const longestSettingsFile = 64 * 1024

export const settingsFile = (settings: Settings): string => {
  const portable = Object.fromEntries(Object.entries(settings).filter(([name]) => !isLocal(name)))
  return `${JSON.stringify({ format, version, settings: portable }, null, 2)}\n`
}

/** Why a file can't be taken: it is something else, or a later version of the app has written it. */
export type SettingsFileFault = 'noSettings' | 'newer'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The settings that stand in a file, whether or not this app knows them. What is no plain value, what belongs to one
 * computer alone, and what could only be there to do harm (very long, very many) is left out.
 */
export const readSettingsFile = (text: string): GivenSettings | SettingsFileFault => {
  if (text.length > longestSettingsFile) return 'noSettings'
  let file: unknown
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return 'noSettings'
  }
  if (!isRecord(file) || file['format'] !== format || !isRecord(file['settings'])) return 'noSettings'
  if (typeof file['version'] !== 'number') return 'noSettings'
  if (file['version'] > version) return 'newer'
  const plain = Object.entries(file['settings']).filter(
    (entry): entry is [string, SettingValue] =>
      /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(entry[0]) &&
      !isLocal(entry[0]) &&
      ['string', 'number', 'boolean'].includes(typeof entry[1]) &&
      String(entry[1]).length <= 256
  )
  return Object.fromEntries(plain.slice(0, 100))
}
