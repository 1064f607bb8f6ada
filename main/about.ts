// What this copy of the app is, what it stands on and whose work is in it. Reads files only when asked.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { About as AboutFacts, BundledPackage } from '../common/about.ts'
import type { Logger } from '../common/log.ts'

export type About = {
  readonly facts: () => Promise<AboutFacts>
  /** Sorted by name; empty where the build has left no list. */
  readonly packages: () => Promise<readonly BundledPackage[]>
}

const built = z.object({
  electron: z.string(),
  packages: z.array(z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() }))
})
type Built = z.infer<typeof built>

const majorOf = (version: string): string => version.split('.')[0] ?? ''

export const createAbout = (deps: {
  readonly inRoot: (...parts: string[]) => string
  readonly userData: string
  readonly versions: Readonly<Record<string, string | undefined>>
  readonly log: Logger
}): About => {
  const { inRoot, userData, versions, log } = deps
  const read = async (file: string): Promise<Built | null> => {
    try {
      return built.parse(JSON.parse(await readFile(file, 'utf8')))
    } catch (error) {
      log.info('the build has left no list of packages', {
        file: path.basename(path.dirname(file)),
        error: String(error)
      })
      return null
    }
  }
  const readAll = async (): Promise<readonly Built[]> => {
    const lists = await Promise.all(['main', 'renderer'].map((part) => read(inRoot('dist', part, 'packages.json'))))
    return lists.filter((list) => list !== null)
  }
  return {
    facts: async () => {
      const wanted = (await readAll())[0]?.electron
      const electron = versions['electron'] ?? ''
      return {
        electron,
        chrome: versions['chrome'] ?? '',
        node: versions['node'] ?? '',
        standIn: wanted !== undefined && majorOf(wanted) !== majorOf(electron),
        logs: path.join(userData, 'logs')
      }
    },
    packages: async () => {
      const all = (await readAll()).flatMap(({ packages }) => packages)
      const once = new Map(all.map((one) => [`${one.name} ${one.version}`, one]))
      return [...once.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    }
  }
}
