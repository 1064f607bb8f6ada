// The ring window's entry: joins its bridge, the state and the screen.
import { mount } from 'svelte'
import { ringBridge } from './bridge.ts'
import { AppState } from './state/app-state.svelte.ts'
import Ring from './ui/Ring.svelte'

const bridge = ringBridge()
const app = new AppState(bridge)
app.start()
mount(Ring, { target: document.body, props: { bridge, app } })
