// `npm run types`: checks each folder under its own tsconfig, so that code which uses another process's API, or sends a
// wrong payload, fails to compile; then the components with svelte-check. Prints what is wrong and a summary.
import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { readArguments } from './support/arguments.ts'
import { main } from './support/main.ts'
import { root, runNode, tool, type Outcome } from './support/run.ts'

type Check = { readonly name: string; readonly run: () => Promise<Outcome> }

const tsc = (config: string): Check => ({
  name: path.dirname(config) === '.' ? 'root' : path.dirname(config),
  run: () => runNode([tool('typescript/bin/tsc'), '-p', config, '--pretty', 'false'])
})

const svelteCheck: Check = {
  name: 'components',
  run: () =>
    runNode([tool('svelte-check/bin/svelte-check'), '--workspace', 'renderer', '--tsconfig', './tsconfig.json']).then(
      // A folder that has no component yet is not an error.
      (outcome) => (globSync('renderer/**/*.svelte', { cwd: root }).length === 0 ? { code: 0, output: '' } : outcome)
    )
}

const hasSources = (config: string): boolean => {
  const folder = path.join(root, path.dirname(config))
  return config === 'tsconfig.json' || globSync('**/*.{ts,svelte,mjs}', { cwd: folder }).length > 0
}

/** Runs the checks two at a time. Returns the names of those that failed. */
const checkTypes = async (): Promise<readonly string[]> => {
  const folders = ['common', 'main', 'preload', 'renderer', 'server', 'scripts', 'examples', 'test'].map(
    (name) => `${name}/tsconfig.json`
  )
  const perProcess = globSync('test/types/*/tsconfig.json', { cwd: root }).sort()
  const configs = ['tsconfig.json', ...folders, ...perProcess].filter((config) => existsSync(path.join(root, config)))
  const queue: Check[] = [...configs.filter(hasSources).map(tsc), svelteCheck]
  const failed: string[] = []
  const worker = async (): Promise<void> => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const started = Date.now()
      const { code, output } = await check.run()
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name.padEnd(22)} ${seconds} s`)
      if (code === 0) continue
      console.log(output.trimEnd())
      failed.push(check.name)
    }
  }
  await Promise.all([worker(), worker()])
  return failed
}

await main(async () => {
  readArguments({})
  const failed = await checkTypes()
  console.log(failed.length === 0 ? 'Types are right everywhere.' : `Type errors in: ${failed.join(', ')}`)
  process.exitCode = failed.length === 0 ? 0 : 1
})
