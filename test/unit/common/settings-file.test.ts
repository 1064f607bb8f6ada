// Files of settings: what is in one, what is taken from one, and what is not, whoever wrote it.
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../common/i18n/index.ts'
import { asTheLanguage, createFormat, formatTag } from '../../../common/i18n/format.ts'
import { invocationSchemas } from '../../../common/protocol/ipc-schemas.ts'
import { defaultSettings, fittingSettings, type Settings } from '../../../common/protocol/settings.ts'
import { localSettings, readSettingsFile, settingsFile } from '../../../common/settings-file.ts'
import { changesInWords } from '../../../renderer/state/setting-words.ts'

const mine: Settings = {
  ...defaultSettings,
  theme: 'dark',
  ringVolume: 0.25,
  closeToTray: false,
  microphone: 'this-machine',
  speakerLabel: 'this one too',
  keepSignInWithoutKeyring: true
}
const fileWith = (settings: unknown, version: unknown = 1) =>
  JSON.stringify({ format: 'tamas-settings', version, settings })

describe('a file of settings', () => {
  it('comes back as it was, without what belongs to one computer', () => {
    const text = settingsFile(mine)
    for (const name of localSettings) expect(text).not.toContain(`"${name}"`)
    expect(text).not.toContain('this-machine')
    const given = readSettingsFile(text)
    if (typeof given === 'string') throw new Error(given)
    const { change, unfit } = fittingSettings(given)
    expect(unfit).toBe(0)
    expect({ ...defaultSettings, ...change }).toEqual({
      ...mine,
      microphone: 'default',
      speakerLabel: '',
      keepSignInWithoutKeyring: false
    })
  })

  it('is read with a mark of its byte order too, as some editors write it', () => {
    expect(readSettingsFile(`\ufeff${fileWith({ theme: 'dark' })}`)).toEqual({ theme: 'dark' })
  })

  it.each([
    ['nothing', ''],
    ['no JSON', 'theme: dark'],
    ['a list', '[]'],
    ['null', 'null'],
    ['another format', JSON.stringify({ format: 'other', version: 1, settings: {} })],
    ['settings alone', JSON.stringify({ theme: 'dark' })],
    ['a list of settings', fileWith([])],
    ['no version', fileWith({}, null)],
    ['a version in words', fileWith({}, '1')],
    ['more than settings ever are', fileWith({ theme: 'x'.repeat(70_000) })]
  ])('is not %s', (_what, text) => {
    expect(readSettingsFile(text)).toBe('noSettings')
  })

  it('of a later version is told apart', () => {
    expect(readSettingsFile(fileWith({ theme: 'dark' }, 2))).toBe('newer')
  })

  it('gives plain values only, in a shape that the channel takes, however it was made', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`name${String(at)}`, true]))
    for (const settings of [
      { theme: { evil: true }, language: ['fa'], ringVolume: null, miniWindow: false },
      { ['__proto__']: 1, 'a b': 1, '': 1, ['x'.repeat(65)]: 1, theme: 'x'.repeat(257), miniWindow: false },
      { microphone: 'theirs', ringer: 'theirs', keepSignInWithoutKeyring: true, miniWindow: false },
      { miniWindow: false, ...many }
    ]) {
      const given = readSettingsFile(fileWith(settings))
      if (typeof given === 'string') throw new Error(given)
      expect(invocationSchemas['settings.check'].safeParse({ settings: given }).success).toBe(true)
      expect(fittingSettings(given).change).toEqual({ miniWindow: false })
    }
  })
})

it('each value that does not fit is left out and counted, and harms no other', () => {
  const given = { theme: 'purple', ringVolume: 7, language: 'fa', digits: 'latin', nobodyKnowsThis: true }
  expect(fittingSettings(given)).toEqual({ change: { language: 'fa', digits: 'latin' }, unfit: 3 })
})

it('never are the devices of another computer taken, nor where a sign-in lies, from whoever asks', () => {
  const given = Object.fromEntries(localSettings.map((name) => [name, defaultSettings[name]]))
  expect(fittingSettings(given)).toEqual({ change: {}, unfit: 0 })
})

describe('what would change', () => {
  const wordsOf = (locale: 'en' | 'fa', change: Partial<Settings>) =>
    changesInWords(defaultSettings, change, catalogue(locale), createFormat(formatTag(locale, [], asTheLanguage))).map(
      ({ label, before, after }) => [label, before, after]
    )

  it('is said in words, without what stays as it is', () => {
    const change = { theme: 'dark', ringVolume: 0.5, miniWindow: false, closeToTray: true, language: 'fa' } as const
    expect(wordsOf('en', change)).toEqual([
      ['Language', 'Same as the system', 'فارسی'],
      ['Appearance', 'Same as the system', 'Dark'],
      ['Ring volume', '80%', '50%'],
      ['Small window during a call', 'on', 'off']
    ])
  })

  it('is said in Persian too', () => {
    expect(wordsOf('fa', { ringVolume: 0.5, miniWindow: false })).toEqual([
      ['بلندی زنگ', '۸۰٪', '۵۰٪'],
      ['پنجرهٔ کوچک هنگام تماس', 'روشن', 'خاموش']
    ])
  })

  it('can be said of every setting that may stand in a file', () => {
    const all = { ...defaultSettings, ...Object.fromEntries(localSettings.map((name) => [name, undefined])) }
    const other = Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, typeof value === 'boolean' ? !value : value === 1 ? 0 : 1])
    ) as Partial<Settings>
    expect(wordsOf('en', other)).toHaveLength(Object.keys(defaultSettings).length - localSettings.length)
  })
})
