// Who opens phone links, and giving them to Tamas: read from desktop files in a real folder, with a tool that is a fake.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Locale } from '../../../../common/i18n/index.ts'
import { silentLogger } from '../../../../common/log.ts'
import { fail, ok } from '../../../../common/result.ts'
import {
  applicationFolders,
  createLinuxPhoneLinks,
  createSystemPhoneLinks,
  phoneSchemes,
  programName,
  standingOf,
  takenSchemes,
  type ProtocolClients
} from '../../../../main/shell/phone-links.ts'

const linphone = `[Desktop Entry]
Type=Application
GenericName=Phone
Name = Linphone
Name[fa]=لین‌فون
Actions=call;

[Desktop Action call]
Name=Call
`

it('stands here with all of them, partly with some, elsewhere with none', () => {
  expect(standingOf([true, true], null)).toEqual({ at: 'here' })
  expect(standingOf([true, false], 'Linphone')).toEqual({ at: 'partly', program: 'Linphone' })
  expect(standingOf([false, false], null)).toEqual({ at: 'elsewhere', program: null })
})

it('a program has the name of its desktop file, in the language where it is there, and not that of an action', () => {
  expect(programName(linphone, 'en')).toBe('Linphone')
  expect(programName(linphone, 'fa')).toBe('لین‌فون')
  expect(programName('[Desktop Action call]\nName=Call\n[Desktop Entry]\r\nName=Other phone\r\n', 'fa')).toBe(
    'Other phone'
  )
  for (const none of ['', '[Desktop Entry]\nName=\nType=Application\n', '[Desktop Action call]\nName=Call\n'])
    expect(programName(none, 'en')).toBeNull()
})

it('desktop files are in the person’s folder first, then in those of the system', () => {
  expect(applicationFolders({}, '/home/kian')).toEqual([
    '/home/kian/.local/share/applications',
    '/usr/local/share/applications',
    '/usr/share/applications'
  ])
  expect(applicationFolders({ XDG_DATA_HOME: '/data', XDG_DATA_DIRS: '/one:relative::/two/' }, '/home/kian')).toEqual([
    '/data/applications',
    '/one/applications',
    '/two/applications'
  ])
})

describe('on Linux', () => {
  let root = ''
  const folders = () => ['home', 'system'].map((name) => path.join(root, name))
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'tamas-phone-links-'))
    for (const folder of folders()) await mkdir(folder)
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  /** A fake of the tool, which keeps who opens what. */
  const setUp = async (
    opens: Readonly<Record<string, string>>,
    { installed = true, slow = false, locale = 'en' }: { installed?: boolean; slow?: boolean; locale?: Locale } = {}
  ) => {
    const openers = new Map(Object.entries(opens))
    if (installed) await writeFile(path.join(root, 'system/tamas.desktop'), '[Desktop Entry]\nName=Tamas\n')
    await writeFile(path.join(root, 'system/linphone.desktop'), linphone)
    const xdgMime = vi.fn(async (...words: string[]) => {
      const [verb, file = '', ...types] = words
      const last = types.at(-1) ?? ''
      if (verb === 'query') return `${openers.get(last) ?? ''}\n`
      // As the real one is, which writes last.
      if (slow) await delay(50)
      for (const type of types) openers.set(type, file)
      return ''
    })
    const links = createLinuxPhoneLinks({ folders: folders(), xdgMime, locale: () => locale, log: silentLogger })
    return { links, xdgMime, openers }
  }
  const allTo = (file: string) => Object.fromEntries(phoneSchemes.map((scheme) => [`x-scheme-handler/${scheme}`, file]))

  it('nothing is known, and no tool is asked, where the desktop has no Tamas', async () => {
    const { links, xdgMime } = await setUp(allTo('linphone.desktop'), { installed: false })
    expect(await links.standing()).toEqual({ at: 'unknown' })
    expect(xdgMime).not.toHaveBeenCalled()
  })

  it('they open here, in another program by its name, in some of them, or nowhere', async () => {
    const here = await setUp(allTo('tamas.desktop'))
    expect(await here.links.standing()).toEqual({ at: 'here' })
    const there = await setUp(allTo('linphone.desktop'), { locale: 'fa' })
    expect(await there.links.standing()).toEqual({ at: 'elsewhere', program: 'لین‌فون' })
    const some = await setUp({ ...allTo('tamas.desktop'), 'x-scheme-handler/sip': 'linphone.desktop' })
    expect(await some.links.standing()).toEqual({ at: 'partly', program: 'Linphone' })
    const nowhere = await setUp({})
    expect(await nowhere.links.standing()).toEqual({ at: 'elsewhere', program: null })
    nowhere.xdgMime.mockImplementation(async () => Promise.reject(Object.assign(new Error('failed'), { code: 4 })))
    expect(await nowhere.links.standing()).toEqual({ at: 'elsewhere', program: null })
  })

  it('the person’s own desktop file goes before that of the system, and no path leads out of the folders', async () => {
    const { links, openers } = await setUp(allTo('linphone.desktop'))
    await writeFile(path.join(root, 'home/linphone.desktop'), '[Desktop Entry]\nName=My phone\n')
    expect(await links.standing()).toEqual({ at: 'elsewhere', program: 'My phone' })
    await writeFile(path.join(root, 'other.desktop'), '[Desktop Entry]\nName=Outside\n')
    openers.set('x-scheme-handler/tel', '../other.desktop')
    expect(await links.standing()).toEqual({ at: 'elsewhere', program: null })
  })

  it('all of ours are taken in one go, and what is asked in the same moment is told so', async () => {
    const { links, xdgMime, openers } = await setUp(allTo('linphone.desktop'), { slow: true })
    const [taken, standing] = await Promise.all([links.take(), links.standing()])
    expect([taken, standing]).toEqual([ok({}), { at: 'here' }])
    expect([...openers.keys()].sort()).toEqual(takenSchemes.map((scheme) => `x-scheme-handler/${scheme}`).sort())
    expect(xdgMime.mock.calls.filter(([verb]) => verb === 'default')).toHaveLength(1)
    // Another program takes them back.
    for (const type of openers.keys()) openers.set(type, 'linphone.desktop')
    expect((await links.standing()).at).toBe('elsewhere')
  })

  it('a desktop that takes the word and goes on as before is a failure, and so is a tool that fails', async () => {
    const { links, xdgMime } = await setUp(allTo('linphone.desktop'))
    xdgMime.mockImplementation(async () => 'linphone.desktop\n')
    expect(await links.take()).toEqual(fail('links_not_taken', 'elsewhere'))
    xdgMime.mockImplementation(async () => Promise.reject(Object.assign(new Error('not there'), { code: 'ENOENT' })))
    expect(await links.take()).toEqual(fail('links_not_taken'))
    expect(await links.standing()).toEqual({ at: 'unknown' })
    // What has failed stops nothing that comes after.
    xdgMime.mockImplementation(async () => 'tamas.desktop\n')
    expect(await links.standing()).toEqual({ at: 'here' })
  })
})

describe('where Electron knows', () => {
  const setUp = ({ obeys = true, isPackaged = true } = {}) => {
    const ours = new Set<string>(['tel'])
    const app: ProtocolClients = {
      isDefaultProtocolClient: (scheme) => ours.has(scheme),
      setAsDefaultProtocolClient: (scheme) => {
        if (obeys) ours.add(scheme)
        return obeys
      },
      getApplicationNameForProtocol: (url) => (url === 'callto:' ? 'Other phone' : '')
    }
    return { links: createSystemPhoneLinks(app, isPackaged, silentLogger), ours }
  }

  it('its word is asked before and after', async () => {
    const { links, ours } = setUp()
    expect(await links.standing()).toEqual({ at: 'partly', program: 'Other phone' })
    expect(await links.take()).toEqual(ok({}))
    expect([...ours].sort()).toEqual([...takenSchemes].sort())
    expect(await setUp({ obeys: false }).links.take()).toEqual(fail('links_not_taken', 'partly'))
  })

  it('a bare Electron is offered to nobody', async () => {
    expect(await setUp({ isPackaged: false }).links.standing()).toEqual({ at: 'unknown' })
  })
})
