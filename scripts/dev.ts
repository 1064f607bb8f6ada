// `npm run dev`: like `npm start`, and whenever a source changes, builds what it belongs to: pages are reloaded, phones
// and server are started anew only where their own code has changed. A source that does not build changes nothing.
import { watch } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.ts'
import { provision } from './provision/provision.ts'
import { createChanges, type Changes } from './support/changes.ts'
import { interrupted } from './support/interrupt.ts'
import { main } from './support/main.ts'
import { reloadPages } from './support/reload.ts'
import { root } from './support/run.ts'
import { openStage, type Stage } from './support/stage.ts'

/** Hands what has changed in these folders to `changes`. Returns what ends it, once nothing is being done any more. */
const watchFolders = (folders: readonly string[], changes: Changes): (() => Promise<void>) => {
  const watchers = folders.map((folder) =>
    watch(path.join(root, folder), { recursive: true }, () => {
      changes.add(folder)
    })
  )
  return () => {
    for (const watcher of watchers) watcher.close()
    return changes.stop()
  }
}

const refresh = async (stage: Stage, folders: ReadonlySet<string>): Promise<void> => {
  const started = Date.now()
  const built = await build()
  const did: string[] = []
  if (folders.has('server') || folders.has('common')) {
    await stage.restartServer()
    did.push('server started anew')
  }
  if (built.includes('main') || built.includes('preload')) {
    await stage.restartPhones()
    did.push('phones started anew')
  } else if (built.includes('renderer')) {
    await Promise.all(stage.phones().map(({ debugPort }) => reloadPages(debugPort)))
    did.push('pages reloaded')
  }
  if (did.length > 0) console.log(`${did.join(', ')} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}

await main(async () => {
  const { values } = parseArgs({ options: { one: { type: 'boolean' } } })
  await provision({ worker: true, electron: true })
  await build()
  const stopAsked = interrupted()
  const stage = await openStage({ users: values.one === true ? ['101'] : ['101', '102'], debug: true })
  const changes = createChanges((folders) => refresh(stage, folders))
  const unwatch = watchFolders(['common', 'main', 'preload', 'renderer', 'server'], changes)
  try {
    console.log(`Watching. The server is ${stage.server}; logs are in .tamas/logs. Ctrl-C ends everything.`)
    for (const { user, debugPort } of stage.phones())
      console.log(`  phone ${user}: DevTools at http://127.0.0.1:${debugPort}`)
    await Promise.race([stopAsked, stage.over])
  } finally {
    // Not while something is being started anew, which would stay behind.
    await unwatch()
    await stage.stop()
  }
})
