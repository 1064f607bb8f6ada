// The commands that the documents tell people to type, as they stand there: the lines of ```sh blocks, and what begins
// like a command in the running text. Runs nothing.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { root } from '../../scripts/support/run.ts'

export type DocsCommand = { readonly document: string; readonly text: string }

const folder = path.join(root, 'docs')
export const documents: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
]

const inText = /`((?:npm|npx|tamas|(?:[A-Z_]+=\S+ )+npm) [^`]+)`/g

/** `a && b` are two; what a person types in several lines is one; what stands behind # is said to them, not typed. */
const commandsOfBlock = (block: string): readonly string[] =>
  block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .flatMap((line) => line.split(' && '))
    .filter((line) => line !== '' && !line.startsWith('#'))

export const commandsOf = (document: string): readonly DocsCommand[] => {
  const text = readFileSync(path.join(root, document), 'utf8')
  const blocks = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block = '']) => commandsOfBlock(block))
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '')
  const named = [...prose.matchAll(inText)].flatMap(([, command = '']) => command.split(' && '))
  return [...new Set([...blocks, ...named])].map((command) => ({ document, text: command.trim() }))
}
