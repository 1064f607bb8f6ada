// The ring window's entry: joins its bridge, the state and the screen.
import { mount } from 'svelte'
import { ringBridge } from './bridge.ts'
import { RingState } from './state/ring-state.svelte.ts'
import Ring from './ui/Ring.svelte'

const bridge = ringBridge()
const ring = new RingState(bridge)
ring.start()
mount(Ring, { target: document.body, props: { bridge, ring } })
