// What a person can set in the app: the fields, the defaults, and how a stored or changed value is read.
import { z } from 'zod'
import { isAccelerator } from '../accelerator.ts'
import { ringtones } from '../ringtones.ts'
import { calendarChoices, digitChoices } from '../i18n/format.ts'
import { locales } from '../i18n/index.ts'
import { textSizes } from '../text-sizes.ts'
import { localSettings, type GivenSettings } from '../settings-file.ts'

/** Keys of the whole desktop; empty where there are none. */
const keys = z
  .string()
  .max(64)
  .refine((text) => text === '' || isAccelerator(text))

/** Device ids as the page sees them; 'default' follows the system. */
const deviceId = z.string().max(256)
/** What a chosen device is called: by it a device is known again whose id is another one. Empty where that is unknown. */
const deviceLabel = z.string().max(256)

const fields = {
  language: z.enum(['system', ...locales]),
  /** How numbers and dates are written; `auto` leaves it to the language. */
  digits: z.enum(digitChoices),
  calendar: z.enum(calendarChoices),
  theme: z.enum(['system', 'light', 'dark']),
  textSize: z.literal(textSizes),
  microphone: deviceId,
  speaker: deviceId,
  ringer: deviceId,
  microphoneLabel: deviceLabel,
  speakerLabel: deviceLabel,
  ringerLabel: deviceLabel,
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGain: z.boolean(),
  ringtone: z.enum(ringtones),
  /** 0 to 1. */
  ringVolume: z.number().min(0).max(1),
  notifyIncoming: z.boolean(),
  ringWindow: z.boolean(),
  raiseOnIncoming: z.boolean(),
  /** Whether the person is asked how the sound of a talk was. */
  askRating: z.boolean(),
  closeToTray: z.boolean(),
  /** A small window of the call that goes on, while the main window is not in front. */
  miniWindow: z.boolean(),
  /** The main window is let go while it is hidden and of no use, and made again for a call. */
  letWindowRest: z.boolean(),
  /** A number that was copied is offered to be called once the main window is come to. */
  offerCopied: z.boolean(),
  /** The app is started, hidden, when the person signs in to the system. */
  startAtLogin: z.boolean(),
  keysAnswer: keys,
  keysDecline: keys,
  keysMute: keys,
  keysHangUp: keys,
  keysDial: keys,
  /** Keep the sign-in in a file readable only by this user where there is no keyring. */
  keepSignInWithoutKeyring: z.boolean()
}

export const settings = z.strictObject(fields)
export type Settings = z.infer<typeof settings>

/** A change of some settings: unknown names and wrong values are refused. */
export const settingsChange = settings.partial()
export type SettingsChange = z.infer<typeof settingsChange>

export const defaultSettings: Settings = {
  language: 'system',
  digits: 'auto',
  calendar: 'auto',
  theme: 'system',
  textSize: 1,
  microphone: 'default',
  speaker: 'default',
  ringer: 'default',
  microphoneLabel: '',
  speakerLabel: '',
  ringerLabel: '',
  echoCancellation: true,
  noiseSuppression: true,
  autoGain: true,
  ringtone: 'bells',
  ringVolume: 0.8,
  notifyIncoming: true,
  ringWindow: true,
  raiseOnIncoming: false,
  askRating: true,
  closeToTray: true,
  miniWindow: true,
  letWindowRest: false,
  offerCopied: false,
  startAtLogin: false,
  keysAnswer: '',
  keysDecline: '',
  keysMute: '',
  keysHangUp: '',
  keysDial: '',
  keepSignInWithoutKeyring: false
}

/** What stands in a file of settings, before it is known to fit. */
export const givenSettings = z
  .record(z.string().max(64), z.union([z.string().max(256), z.number(), z.boolean()]))
  .refine((given) => Object.keys(given).length <= 100)

/** What of it can be taken, field by field; what this computer keeps to itself never is. */
export const fittingSettings = (given: GivenSettings): { readonly change: SettingsChange; readonly unfit: number } => {
  const names = Object.keys(given).filter((name) => !localSettings.some((local) => local === name))
  const fitting = Object.entries(fields).filter(
    ([name, field]) => names.includes(name) && field.safeParse(given[name]).success
  )
  const change = settingsChange.parse(Object.fromEntries(fitting.map(([name]) => [name, given[name]])))
  return { change, unfit: names.length - fitting.length }
}

/** Reads a stored value: a field that does not fit falls back to its default and harms no other. */
export const readSettings = (stored: unknown): Settings => {
  const given = z.record(z.string(), z.unknown()).safeParse(stored)
  if (!given.success) return defaultSettings
  const known = Object.entries(fields).filter(([name, field]) => field.safeParse(given.data[name]).success)
  return settings.parse({ ...defaultSettings, ...Object.fromEntries(known.map(([name]) => [name, given.data[name]])) })
}
