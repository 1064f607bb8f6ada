// What every component may read without having it handed down: the language, what a person can do, the app's clock, and
// what is known of past calls.
import { createContext } from 'svelte'
import type { Catalogue, Locale } from '../../common/i18n/index.ts'
import type { Actions } from '../state/actions.ts'
import type { CallCheck } from '../state/check.svelte.ts'
import type { LogOf } from '../state/log-view.ts'
import type { PastCalls } from '../state/past-calls.svelte.ts'
import type { HeadsetPort } from '../state/headset-port.ts'
import type { LineLook, MediaDeviceList, MediaEngine } from '../state/media-port.ts'
import type { Format } from '../../common/i18n/format.ts'
import type { SettingsPage } from './sections.ts'

/** Getters: they follow the snapshot, so never destructure them outside a template or `$derived`. */
export type Wording = {
  readonly locale: Locale
  readonly strings: Catalogue
  readonly format: Format
}

/** The devices and how they sound, for those who choose them; and how the talk does. */
export type Sound = Pick<MediaEngine, 'level' | 'onQuality' | 'testRing' | 'testSpeaker' | 'microphoneTry'> & {
  /** They are looked for as long as somebody shows them. */
  readonly devices: () => MediaDeviceList
  /** How the line of a call has been for the last two minutes, oldest look first; follows the talk. */
  readonly looks: (session: string) => readonly LineLook[]
  /** Whether a call has microphone and speaker. A getter, as above. */
  readonly talking: boolean
}

const [getWording, setWording] = createContext<Wording>()
/** Reads the clock of the times in the snapshot: for how long something has gone on, whatever the machine's is set to. */
const [getAppTime, setAppTime] = createContext<() => number>()
const [getActions, setActions] = createContext<Actions>()
const [getSound, setSound] = createContext<Sound>()
/** Opens the overview of the keys. */
const [getShowShortcuts, setShowShortcuts] = createContext<() => void>()
const [getHeadsets, setHeadsets] =
  createContext<Pick<HeadsetPort, 'isThere' | 'list' | 'onChanged' | 'connect' | 'forget'>>()
const [getCheck, setCheck] = createContext<CallCheck>()
/** Opens a page of the settings, wherever one is; null where there are none. */
const [getShowPage, setShowPage] = createContext<((page: SettingsPage) => void) | null>()
/** Shows the log, or what of it belongs to a call. */
const [getShowLog, setShowLog] = createContext<(of: LogOf) => void>()
const [getPastCalls, setPastCalls] = createContext<PastCalls>()
export {
  getActions,
  getAppTime,
  getCheck,
  getHeadsets,
  getPastCalls,
  getShowLog,
  getShowPage,
  getShowShortcuts,
  getSound,
  getWording
}
export {
  setActions,
  setAppTime,
  setCheck,
  setHeadsets,
  setPastCalls,
  setShowLog,
  setShowPage,
  setShowShortcuts,
  setSound,
  setWording
}
