// How the pages are built: two html files (main window, ring window), nothing inline, so that the strict CSP holds.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import path from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname

export default defineConfig({
  root: here,
  base: './',
  plugins: [svelte({ configFile: path.join(here, '../svelte.config.js') })],
  build: {
    target: 'chrome114',
    outDir: path.join(here, '../dist/renderer'),
    emptyOutDir: true,
    // Inlined assets would be data: URLs, and the polyfill for preloading is for browsers that never run this.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: path.join(here, 'index.html'), ring: path.join(here, 'ring.html') } }
  }
})
