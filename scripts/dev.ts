// `npm run dev`: like `npm start`, and whenever a source changes, builds what it belongs to: pages are reloaded, phones
// and server are started anew only where their own code has changed. A source that does not build changes nothing.
import { watch } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.ts'
import { provision } from './provision/provision.ts'
import { interrupted } from './support/interrupt.ts'
import { main } from './support/main.ts'
import { reloadPages } from './support/reload.ts'
import { root } from './support/run.ts'
import { openStage, type Stage } from './support/stage.ts'

// An editor writes several files, and some of them twice.
const settleMs = 200

/** Calls `changed` with the folders in which something has changed, one call at a time. Returns what ends it. */
const watchFolders = (
  folders: readonly string[],
  changed: (folders: ReadonlySet<string>) => Promise<void>
): (() => void) => {
  let waiting = new Set<string>()
  let busy = false
  let timer: NodeJS.Timeout | undefined
  const flush = async (): Promise<void> => {
    if (busy || waiting.size === 0) return
    const now = waiting
    waiting = new Set()
    busy = true
    await changed(now).catch((error: unknown) => {
      console.error(error)
    })
    busy = false
    await flush()
  }
  const watchers = folders.map((folder) =>
    watch(path.join(root, folder), { recursive: true }, () => {
      waiting.add(folder)
      clearTimeout(timer)
      timer = setTimeout(() => void flush(), settleMs)
    })
  )
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
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
  const unwatch = watchFolders(['common', 'main', 'preload', 'renderer', 'server'], (folders) =>
    refresh(stage, folders)
  )
  try {
    console.log(`Watching. The server is ${stage.server}; logs are in .tamas/logs. Ctrl-C ends everything.`)
    for (const { user, debugPort } of stage.phones())
      console.log(`  phone ${user}: DevTools at http://127.0.0.1:${debugPort}`)
    await Promise.race([stopAsked, stage.over])
  } finally {
    unwatch()
    await stage.stop()
  }
})
