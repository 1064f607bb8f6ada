// An esbuild plugin: the schema library's sentences in fifty languages, a fifth of main's bundle, are parsed at every
// start and never read. English stays, for logs.
import type { Plugin } from 'esbuild'

export const withoutLocales: Plugin = {
  name: 'without-locales',
  setup: (builder) => {
    builder.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'"
    }))
  }
}
