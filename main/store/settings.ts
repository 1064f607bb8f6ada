// What the person has set: in memory for everybody to read, on the disk for the next start. Applies nothing itself.
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import type { Logger } from '../../common/log.ts'
import { defaultSettings, readSettings, type Settings, type SettingsChange } from '../../common/protocol/settings.ts'
import type { Result } from '../../common/result.ts'
import { createJsonFile } from './json-file.ts'

export type SettingsStore = {
  readonly get: () => Settings
  /** True once, if what was stored could not be understood and is kept aside: the person is to be told. */
  readonly tellDamage: () => boolean
  /** Holds at once; fails with `storage_failed` where it will be forgotten at the next start. */
  readonly change: (change: SettingsChange) => Promise<Result<Record<never, never>>>
  readonly onChanged: (listener: (settings: Settings) => void) => Unsubscribe
  readonly settled: () => Promise<void>
}

/** Hears of one setting alone. */
export const followSetting = (
  settings: Pick<SettingsStore, 'get' | 'onChanged'>,
  name: keyof Settings,
  changed: () => void
): Unsubscribe => {
  let last = settings.get()[name]
  return settings.onChanged((next) => {
    if (next[name] === last) return
    last = next[name]
    changed()
  })
}

/** Resolves with the stored settings read. */
export const openSettings = async (options: {
  readonly file: string
  readonly log: Logger
}): Promise<SettingsStore> => {
  const { log } = options
  let damage: 'none' | 'untold' = 'none'
  const stored = createJsonFile({
    ...options,
    // One wrong field harms no other; what is no settings at all is damaged.
    parse: (text) => {
      if (typeof text !== 'object' || text === null || Array.isArray(text)) throw new Error('these are no settings')
      return readSettings(text)
    },
    fallback: defaultSettings,
    onDamaged: () => {
      damage = 'untold'
    }
  })
  let settings = await stored.load()
  const changed = createEmitter<Settings>((error) => {
    log.error('a listener to the settings threw', { error: String(error) })
  })
  return {
    get: () => settings,
    tellDamage: () => {
      const isUntold = damage === 'untold'
      damage = 'none'
      return isUntold
    },
    change: (change) => {
      // A field that is there and undefined is no change.
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      settings = readSettings({ ...settings, ...given })
      changed.emit(settings)
      return stored.save(settings)
    },
    onChanged: changed.on,
    settled: stored.settled
  }
}
