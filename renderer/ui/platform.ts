// What the page knows of its system: only what it calls its keys.
import type { Keyboard } from '../../common/accelerator.ts'

export const onMac: boolean = /mac/i.test(navigator.userAgent)
export const keyboard: Keyboard = onMac ? 'mac' : /windows/i.test(navigator.userAgent) ? 'windows' : 'other'
