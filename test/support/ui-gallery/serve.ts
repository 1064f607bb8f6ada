// Builds the gallery and serves it on this machine.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
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
      modulePreload: { polyfill: false }
    }
  }
  await build(config)
  const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } })
  return {
    origin: server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '',
    stop: async () => {
      await server.close()
      rmSync(dist, { recursive: true, force: true })
    }
  }
}
