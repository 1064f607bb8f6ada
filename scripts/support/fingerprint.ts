// Tells whether files have changed since the last time something was made of them, by their contents.
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** Sixteen hex digits over names and contents of all files below `root` that match `patterns`. */
export const fingerprint = (root: string, patterns: readonly string[]): string => {
  const hash = createHash('sha256')
  for (const name of [...new Set(globSync(patterns, { cwd: root }))].sort()) {
    const file = path.join(root, name)
    // A zero byte ends each name and each content, so that moving text between them changes the sum.
    if (statSync(file).isFile()) hash.update(name).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}

/** What was made before, by part; empty where there is no record or it can't be read. */
export const readRecord = (file: string): Readonly<Record<string, string>> => {
  if (!existsSync(file)) return {}
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {}
  } catch {
    return {}
  }
}
