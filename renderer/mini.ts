// The mini window's entry: joins its bridge, the state and the screen.
import { mount } from 'svelte'
import { miniBridge } from './bridge.ts'
import { MiniState } from './state/mini-state.svelte.ts'
import Mini from './ui/Mini.svelte'

const bridge = miniBridge()
const mini = new MiniState(bridge)
mini.start()
mount(Mini, { target: document.body, props: { bridge, mini } })
