// The main window's entry: joins the bridge, the state, the media engine and the screens. Nothing is decided here.
import { mount } from 'svelte'
import { mainBridge } from './bridge.ts'
import { createHeadsets } from './headset/headsets.ts'
import type { Hid } from './headset/hid.ts'
import { createMediaEngine } from './media/engine.ts'
import { AppState } from './state/app-state.svelte.ts'
import type { MakeHeadsets } from './state/headset-port.ts'
import App from './ui/App.svelte'

const bridge = mainBridge()
const app = new AppState(bridge)
app.start()
window.addEventListener('online', () => void bridge.networkOnline({}))

// Whatever is thrown where nobody can be told goes to the page's error event, which main keeps in the log.
const media = createMediaEngine({ bridge, initial: await app.loaded, onError: reportError })
// TypeScript's own types of the browser do not have it.
const { hid = null } = navigator as Navigator & { readonly hid?: Hid }
const headsets: MakeHeadsets = (act) => createHeadsets({ hid, now: () => performance.now(), act, onError: reportError })
mount(App, { target: document.body, props: { bridge, app, media, headsets } })
