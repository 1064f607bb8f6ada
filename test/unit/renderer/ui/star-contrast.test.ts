// The star of somebody who is no favourite: faint, but to be seen on every ground that a row has, in every theme.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const textOf = (...names: string[]): string =>
  readFileSync(path.join(import.meta.dirname, '../../../../renderer/ui', ...names), 'utf8')
const tokens = textOf('tokens.css')
const star =
  /:global\(\.star\[aria-pressed='false'\]\) \{([^}]*)\}/.exec(textOf('screens', 'PersonRow.svelte'))?.[1] ?? ''

/** What a rule sets, by name; of the whole file or of what is for those who want more contrast. */
const setBy = (text: string, selector: string): ReadonlyMap<string, string> => {
  const from = text.indexOf(`${selector} {`)
  const rule = text.slice(from, text.indexOf('}', from))
  return new Map([...rule.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]))
}
const more = tokens.slice(tokens.indexOf('@media (prefers-contrast: more)'))
const [light, dark] = [setBy(tokens, ':root'), setBy(tokens, ":root[data-theme='dark']")]
const [lightMore, darkMore] = [setBy(more, ':root'), setBy(more, ":root[data-theme='dark']")]
const themes = {
  light: new Map(light),
  dark: new Map([...light, ...dark]),
  'light with more contrast': new Map([...light, ...lightMore]),
  'dark with more contrast': new Map([...light, ...lightMore, ...dark, ...darkMore])
}

/** Relative luminance, as WCAG has it. */
const luminance = (colour: string): number => {
  const [lightness = 0, chroma = 0, hue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (part: number): number => Math.min(1, Math.max(0, part))
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

describe('the star of no favourite', () => {
  const colour = /color: var\((--[\w-]+)\)/.exec(star)?.[1] ?? '--ink-soft'
  const opacity = Number(/opacity: ([\d.]+)/.exec(star)?.[1] ?? 1)
  it.each(Object.entries(themes))('is seen in %s', (name, theme) => {
    expect(opacity).toBe(1)
    for (const ground of ['--paper', '--accent-soft']) {
      const found = contrast(theme.get(colour) ?? '', theme.get(ground) ?? '')
      expect(found, ground).toBeGreaterThan(name.includes('more') ? 4.5 : 3)
    }
  })
})
