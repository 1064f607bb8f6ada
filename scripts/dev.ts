// `npm run dev`: like `npm start`, and whenever a source changes, builds what it belongs to: pages are reloaded, phones
// and server are started anew only where their own code has changed. A source that does not build changes nothing.
import { watch } from 'node:fs'
import path from 'node:path'
import { build } from './build.ts'
import { provision } from './provision/provision.ts'
import { readArguments } from './support/arguments.ts'
import { createChanges, type Changes } from './support/changes.ts'
import { exitText } from './support/children.ts'
import { home, takeHome } from './support/home.ts'
import { interrupted } from './support/interrupt.ts'
import { main } from './support/main.ts'
import { reloadPages } from './support/reload.ts'
import { root } from './support/run.ts'
import { builtCode, serverCode, whatToDo, type Code } from './support/running.ts'
import { openStage, type Stage } from './support/stage.ts'

/** Hands what has changed in these folders to `changes`. Returns what ends it. */
const watchFolders = (folders: readonly string[], changes: Changes): (() => void) => {
  const watchers = folders.map((folder) =>
    watch(path.join(root, folder), { recursive: true }, () => {
      changes.add(folder)
    })
  )
  return () => {
    for (const watcher of watchers) watcher.close()
    changes.stop()
  }
}

/** Builds. Throws where something does not, and not before the rest is done: two builds at a time would mix. */
const codeNow = async (): Promise<Code> => {
  const [server, built] = await Promise.allSettled([serverCode(root), build()])
  if (server.status === 'rejected') throw server.reason
  if (built.status === 'rejected') throw built.reason
  return { server: server.value, ...builtCode(root) }
}

/** Brings what runs up to date; returns what to do with each change. `first` is what the stage was opened with. */
const createRefresh = (stage: Stage, first: Code) => {
  let running = first
  return async (): Promise<void> => {
    console.log('Rebuilding…')
    const started = Date.now()
    const now = await codeNow()
    const { server, phones, pages } = whatToDo(running, now)
    const did = [
      ...(server ? ['server started anew'] : []),
      ...(phones ? ['phones started anew'] : []),
      ...(pages ? ['pages reloaded'] : [])
    ]
    if (server || phones) await stage.restart({ server, phones })
    if (pages) await Promise.all(stage.phones().map(({ debugPort }) => reloadPages(debugPort)))
    // Not before: what failed has to be done again with the next change.
    running = now
    const what = did.length === 0 ? 'Nothing that runs has changed' : did.join(', ')
    console.log(`${what} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  }
}

const sayFailure = (error: unknown): void => {
  console.error(error instanceof Error ? error.message : error)
  console.error('Not brought up to date; it is tried again with the next change.')
}

await main(async () => {
  const { one } = readArguments({ one: { type: 'boolean' } })
  const lock = await takeHome()
  try {
    await provision({ worker: true, electron: true })
    const first = await codeNow()
    const stopAsked = interrupted()
    const stage = await openStage({ users: one === true ? ['101'] : ['101', '102'], debug: true, until: stopAsked })
    const changes = createChanges(createRefresh(stage, first), sayFailure)
    const unwatch = watchFolders(['common', 'main', 'preload', 'renderer', 'server'], changes)
    try {
      console.log(
        `Watching. The server is ${stage.server}; logs are in ${path.relative(root, home)}/logs. Ctrl-C ends everything.`
      )
      for (const { user, debugPort } of stage.phones())
        console.log(`  phone ${user}: DevTools at http://127.0.0.1:${debugPort}`)
      const how = await Promise.race([stopAsked, stage.over])
      if (typeof how === 'object' && how.what === 'server-ended') {
        console.log(
          `The call server has ended (${exitText(how.exit)}): see ${path.relative(root, home)}/logs/server.log.`
        )
        process.exitCode = 1
      }
    } finally {
      unwatch()
      await stage.stop()
    }
  } finally {
    lock.release()
  }
  // A build that is still at it is not waited for; the next script builds again what it has not finished.
  process.exit()
})
