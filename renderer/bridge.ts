// The one way from a page to main: what the preload script put at `window.tamas`.
import type { MainBridge, MiniBridge, RingBridge } from '../common/ipc.ts'

type WithBridge<B> = { readonly tamas: B }

/** For the main window's page only. */
export const mainBridge = (): MainBridge => (window as unknown as WithBridge<MainBridge>).tamas

/** For the mini window's page only. */
export const miniBridge = (): MiniBridge => (window as unknown as WithBridge<MiniBridge>).tamas

/** For the ring window's page only. */
export const ringBridge = (): RingBridge => (window as unknown as WithBridge<RingBridge>).tamas
