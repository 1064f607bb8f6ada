// Keeps a picture of a virtual desktop up to date: taken when the phones have painted, and again after each step of a
// call, which the phones write down. Never two at a time, and never after the end.
import { mkdirSync, watch } from 'node:fs'
import { createChanges } from './changes.ts'

// The phones have painted by then; nothing waits for the picture.
const firstMs = 5_000
// A call's steps come in bursts, and their window needs a moment to show them.
const settleMs = 500
const stepsFile = 'calls.jsonl'

/** `folders` are those of the phones' logs. Returns what ends it. A picture that can't be taken is none. */
export const keepPicture = (folders: readonly string[], take: () => Promise<void>): (() => void) => {
  const changes = createChanges(take, () => undefined, settleMs)
  const first = setTimeout(() => {
    changes.add('start')
  }, firstMs)
  const watchers = folders.map((folder) => {
    // A phone that is started for the first time has made none yet.
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return watch(folder, (_, name) => {
      if (name === stepsFile) changes.add(folder)
    })
  })
  return () => {
    clearTimeout(first)
    changes.stop()
    for (const watcher of watchers) watcher.close()
  }
}
