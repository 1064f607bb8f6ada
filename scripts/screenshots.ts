// `npm run screenshots`: draws the pictures of docs/screenshots anew, which the end-to-end tests compare the screens with.
// Drawn twice from the same source they are the same to the byte.
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { build } from './build.ts'
import { provision } from './provision/provision.ts'
import { main } from './support/main.ts'
import { projectEnv, root, run, runNode, tool } from './support/run.ts'

const folder = path.join(root, 'docs/screenshots')
const drawnFolders = ['compact', 'wide', 'small']

const pictures = (): readonly string[] =>
  drawnFolders
    .flatMap((name) => readdirSync(path.join(folder, name)).map((file) => path.join(folder, name, file)))
    .filter((file) => file.endsWith('.png'))

/** A quarter of the size with 256 colours, which flat surfaces hardly use up. Writes no time into the file. */
const makeSmall = async (file: string): Promise<void> => {
  const smaller = `${file}.tmp`
  const { code, output } = await run('convert', [
    ...[file, '+dither', '-colors', '256', '-strip', '-define', 'png:exclude-chunks=date,time'],
    ...['-define', 'png:compression-level=9', `png8:${smaller}`]
  ])
  if (code !== 0) throw new Error(`ImageMagick could not make ${file} smaller: ${output}`)
  renameSync(smaller, file)
}

await main(async () => {
  await provision({ worker: true, electron: true, desktop: true, tests: true })
  await build()
  for (const name of drawnFolders) rmSync(path.join(folder, name), { recursive: true, force: true })
  const config = 'test/e2e/playwright.config.ts'
  const args = ['test', '--config', config, 'pictures.spec', '--workers=2', '--update-snapshots=all', '--reporter=list']
  const { code } = await runNode([tool('@playwright/test/cli.js'), ...args], { show: true, env: projectEnv() })
  if (code !== 0) throw new Error('The pictures could not be drawn.')
  for (const file of pictures()) await makeSmall(file)
  const bytes = pictures().reduce((sum, file) => sum + statSync(file).size, 0)
  console.log(`${String(pictures().length)} pictures, ${(bytes / 1e6).toFixed(1)} MB, in docs/screenshots`)
})
