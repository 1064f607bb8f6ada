// @vitest-environment happy-dom
// What is said of a newer version: in Settings, About, and in the line above the list, which keeps quiet in a call.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { UpdateState } from '../../../../common/updates.ts'
import { snapshotOf } from '../../../support/ui-gallery/states.ts'
import { asks, button, close, open, settle } from './page.ts'

afterEach(close)

const { settings, ui, updates: words } = catalogue('en')
const ready: UpdateState = { at: 'ready', version: '0.2.0', way: { by: 'restart' } }
const section = () =>
  [...document.querySelectorAll('.page section')].find((one) => one.textContent.includes(words.title))
const plain = (text: string | undefined) => text?.replace(/[\u2066\u2069]/g, '') ?? ''

const openAbout = async (update: UpdateState) => {
  const { bridge } = await open('settings-about')
  bridge.change({ update })
  document.querySelectorAll<HTMLButtonElement>('nav button')[2]?.click()
  flushSync()
  await settle()
  button(settings.pages.about).click()
  flushSync()
  await settle()
  return bridge
}

describe('Settings, About', () => {
  it.each<[UpdateState, string]>([
    [{ at: 'off' }, words.off],
    [{ at: 'idle', current: false }, words.unknown],
    [{ at: 'idle', current: true }, words.current],
    [{ at: 'checking' }, words.checking],
    [{ at: 'available', version: '0.2.0' }, words.available('0.2.0')],
    [{ at: 'downloading', version: '0.2.0', percent: 40 }, words.downloading('0.2.0', '40%')],
    [ready, words.ready('0.2.0')],
    [{ at: 'waiting', version: '0.2.0' }, words.waiting('0.2.0')],
    [{ at: 'failed', fault: 'damaged' }, words.faults.damaged]
  ])('%j is a sentence', async (update, sentence) => {
    await openAbout(update)
    expect(plain(section()?.textContent)).toContain(sentence)
  })

  it('looks when asked, and the button stays while it does', async () => {
    const bridge = await openAbout({ at: 'idle', current: true })
    button(words.check).focus()
    button(words.check).click()
    bridge.change({ update: { at: 'checking' } })
    flushSync()
    expect(document.activeElement).toBe(button(words.check))
    button(words.check).click()
    expect(asks(bridge, 'checkForUpdate')).toHaveLength(1)
  })
})

describe('the line above the list', () => {
  it('offers a restart, and is quiet in a call and once it was put off', async () => {
    const { bridge } = await open('settings')
    bridge.change({ update: ready })
    flushSync()
    button(words.restart).click()
    expect(asks(bridge, 'installUpdate')).toHaveLength(1)
    bridge.change({ calls: snapshotOf('talking', 'en', 'light', Date.now()).calls })
    flushSync()
    expect(document.querySelector('.notes')?.textContent).not.toContain('0.2.0')
    bridge.change({ calls: [] })
    flushSync()
    button(ui.notNow).click()
    flushSync()
    expect(document.querySelector('.notes')?.textContent).not.toContain('0.2.0')
  })

  it('says in a call that the restart waits for its end, and takes that back', async () => {
    const { bridge } = await open('talking')
    bridge.change({ update: { at: 'waiting', version: '0.2.0' } })
    flushSync()
    expect(plain(document.querySelector('.notes')?.textContent)).toContain(words.waiting('0.2.0'))
    button(ui.notNow).click()
    expect(asks(bridge, 'installLater')).toHaveLength(1)
  })

  it('says where the command stands if the system’s packages decide; there it is whole and selectable', async () => {
    const { bridge, snapshot } = await open('update-command')
    expect(plain(document.querySelector('.notes')?.textContent)).toContain(words.seeAbout('0.2.0'))
    close()
    expect(asks(bridge, 'installUpdate')).toEqual([])
    await openAbout(snapshot.update)
    expect(section()?.querySelector('[data-number]')?.textContent).toMatch(/^sudo apt install .*\.deb$/)
  })
})
