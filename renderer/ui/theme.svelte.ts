// Light or dark, by the setting or the system. Sets `data-theme` on the page; tokens.css does the rest.
import { MediaQuery } from 'svelte/reactivity'
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
