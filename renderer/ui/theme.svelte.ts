// Light or dark, by the setting or the system, and how large the words are. Sets `data-theme` and the size of the root's
// font; tokens.css does the rest.
import { MediaQuery } from 'svelte/reactivity'
import { innerHeight, innerWidth } from 'svelte/reactivity/window'
import type { Size } from '../../common/small-windows.ts'
import type { Settings } from '../../common/types.ts'

/** Follows `setting`; call it while a component is being made. */
export const followTheme = (setting: () => Settings['theme']): void => {
  const dark = new MediaQuery('(prefers-color-scheme: dark)')
  $effect.pre(() => {
    const chosen = setting()
    const theme = chosen === 'system' ? (dark.current ? 'dark' : 'light') : chosen
    document.documentElement.dataset['theme'] = theme
  })
}

/** All of a small window as large as main has made it for the size of words; `usual` is its size without that. */
export const fillWindow = (usual: Size): void => {
  const scale = $derived(
    Math.max(1, Math.min((innerWidth.current ?? 0) / usual.width, (innerHeight.current ?? 0) / usual.height))
  )
  followTextSize(() => scale)
}

/** Follows `size`, times what the system has; call it while a component is being made. */
export const followTextSize = (size: () => number): void => {
  $effect.pre(() => {
    document.documentElement.style.fontSize = `${String(100 * size())}%`
  })
}
