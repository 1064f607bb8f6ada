// How the pages are built: one HTML file for each kind of window, for Chrome 114 and newer, with nothing inlined that
// the pages' content security policy would refuse. `scripts/build.ts` runs it.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

const renderer = path.resolve(import.meta.dirname, '../renderer')
const pages = ['index.html', 'ring.html', 'mini.html']

export default defineConfig({
  root: renderer,
  // The pages are served from app://, each beside its assets.
  base: './',
  plugins: [svelte({ configFile: path.resolve(import.meta.dirname, '../svelte.config.js') })],
  build: {
    outDir: path.resolve(import.meta.dirname, '../dist/renderer'),
    emptyOutDir: true,
    target: 'chrome114',
    sourcemap: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: pages.map((page) => path.join(renderer, page)).filter((page) => existsSync(page)),
      output: {
        // What pages and screens share is one file, not forty small ones: each is asked for while the app starts.
        codeSplitting: {
          groups: [
            { name: 'shared', test: /[\\/](common|renderer[\\/](state|ui)|svelte|@lucide)[\\/]/, minShareCount: 2 }
          ]
        }
      }
    }
  }
})
