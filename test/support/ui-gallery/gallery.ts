// The gallery's page: shows one state of the interface, named in the address, with fakes behind it.
import { mount } from 'svelte'
import { textSizes } from '../../../common/text-sizes.ts'
import { AppState } from '../../../renderer/state/app-state.svelte.ts'
import { MiniState } from '../../../renderer/state/mini-state.svelte.ts'
import { RingState } from '../../../renderer/state/ring-state.svelte.ts'
import App from '../../../renderer/ui/App.svelte'
import Mini from '../../../renderer/ui/Mini.svelte'
import Ring from '../../../renderer/ui/Ring.svelte'
import { ownContactsOf } from './contacts.ts'
import { checkOf } from './check.ts'
import { createFakeHeadsets, createFakeMedia } from './fake-sound.ts'
import { createFakeBridge, createFakeMiniBridge, createFakeRingBridge } from './fakes.ts'
import { lineOf } from './lines.ts'
import { logOf } from './logs.ts'
import { headsetsOf } from './headsets.ts'
import { isStateName, snapshotOf } from './states.ts'

const wanted = new URLSearchParams(location.search)
const name = wanted.get('state') ?? 'contacts'
const locale = wanted.get('locale') === 'fa' ? 'fa' : 'en'
const theme = wanted.get('theme') === 'dark' ? 'dark' : 'light'

// Time stands still, so that a state looks the same whenever it is looked at.
const at = new Date(wanted.get('at') ?? Date.now()).getTime()
Date.now = () => at
performance.now = () => 0

// What the strict policy refused, for the one who looks.
const refused: string[] = []
document.addEventListener('securitypolicyviolation', (event) => {
  refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
  document.documentElement.dataset['refused'] = refused.join('\n')
})

if (isStateName(name)) {
  const made = snapshotOf(name, locale, theme, Date.now())
  const textSize = textSizes.find((size) => String(size) === wanted.get('text')) ?? 1
  const snapshot = { ...made, settings: { ...made.settings, textSize } }
  const bridge = createFakeBridge(snapshot, {
    dialFails: name === 'toast',
    savingFails: name === 'contact-not-saved' || name === 'contacts-import-stopped',
    pagesFail: name === 'recents-failed',
    contacts: ownContactsOf(name),
    log: logOf(name),
    ...(name === 'settings-links' ? { phoneLinks: { at: 'elsewhere', program: 'Linphone' } } : {})
  })
  if (name === 'contact-clash') {
    const [first] = ownContactsOf(name)
    const theirs = first === undefined ? null : { ...first, note: 'Moved to the new hall.', emails: [] }
    const save = () => bridge.changeElsewhere(first?.id ?? '', theirs)
    document.addEventListener('submit', save, { capture: true, once: true })
  }
  const app = new AppState(bridge)
  app.start()
  await app.loaded
  if (name.startsWith('mini')) {
    const mini = new MiniState(createFakeMiniBridge(bridge, snapshot))
    mini.start()
    mount(Mini, { target: document.body, props: { bridge: createFakeMiniBridge(bridge, snapshot), mini } })
  } else if (name.startsWith('ring-') || name === 'ring') {
    const ring = new RingState(createFakeRingBridge(bridge, snapshot))
    ring.start()
    mount(Ring, { target: document.body, props: { bridge, ring } })
  } else
    mount(App, {
      target: document.body,
      props: {
        bridge,
        app,
        media: createFakeMedia(lineOf(name), checkOf(name)),
        headsets: () => createFakeHeadsets(headsetsOf(name))
      }
    })
  await document.fonts.ready
  document.documentElement.dataset['ready'] = 'true'
}
