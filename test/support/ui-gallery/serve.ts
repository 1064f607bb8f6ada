// Builds the gallery and serves it on this machine.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'

const here = import.meta.dirname

/** A gallery that can be looked at. */
export type Gallery = { readonly origin: string; readonly stop: () => Promise<void> }

/** Takes some seconds. The build is thrown away with `stop`. */
export const serveGallery = async (): Promise<Gallery> => {
  const dist = mkdtempSync(path.join(os.tmpdir(), 'tamas-gallery-'))
  const config = {
    root: here,
    configFile: false as const,
    base: './',
    logLevel: 'warn' as const,
    plugins: [svelte({ configFile: path.join(here, '../../../svelte.config.js') })],
    build: {
      outDir: dist,
      emptyOutDir: true,
      target: ['chrome114', 'es2022'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // One file of each kind, and not a hundred, as each of some hundred pages asks for all of them.
      cssCodeSplit: false,
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: { output: { codeSplitting: false }, checks: { pluginTimings: false } }
    }
  }
  await build(config)
  cpSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), path.join(dist, 'axe.js'))
  // Files never change here. A browser that asks for them anew on each page would translate their scripts anew too.
  const headers = { 'Cache-Control': 'max-age=86400' }
  const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1', headers } })
  return {
    origin: server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '',
    stop: async () => {
      await server.close()
      rmSync(dist, { recursive: true, force: true })
    }
  }
}
