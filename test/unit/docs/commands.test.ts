// Every command in the documents is run by a test, or has a written reason why none runs it as it stands.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../../scripts/support/run.ts'
import { commandsOf, documents } from '../../support/docs-commands.ts'

/** The file that runs it, and words in that file by which it does. */
type RunBy = readonly [file: string, words: string]
type Rule = { readonly command: RegExp; readonly runBy: RunBy } | { readonly command: RegExp; readonly reason: string }

const rules: readonly Rule[] = [
  { command: /^npm ci$/, runBy: ['.ci/run', 'npm ci'] },
  { command: /^npm test( -- [a-z ]+)?$/, runBy: ['.ci/run', 'npm test'] },
  { command: /^npm start$/, runBy: ['test/e2e/commands.spec.ts', "'start'"] },
  { command: /^npm start -- --one$/, runBy: ['test/e2e/commands.spec.ts', "'start', '--', '--one'"] },
  { command: /^npm run dev$/, runBy: ['test/e2e/commands.spec.ts', "'run', 'dev'"] },
  { command: /^npm run demo$/, runBy: ['test/e2e/commands.spec.ts', "'run', 'demo'"] },
  { command: /^npm run package( -- --feed .+)?$/, runBy: ['test/e2e/installed.spec.ts', 'feed: updates.url'] },
  {
    command: /^npm run package -- --folder$/,
    reason: 'the first half of the package that test/e2e/installed.spec.ts makes'
  },
  { command: /^npx electron-builder --mac$/, reason: 'needs a Mac, or Windows: named there as never built here' },
  { command: /^npm run (provision|server)\b/, runBy: ['test/integration/commands.test.ts', '“Running the server”'] },
  { command: /^npx node server\/admin\.ts/, runBy: ['test/integration/commands.test.ts', '“Running the server”'] },
  { command: /^npx node file\.ts$/, runBy: ['test/integration/readme.test.ts', "'For back ends'"] },
  {
    command: /^(export TAMAS_TOKEN=|curl |npx node examples\/)/,
    runBy: ['test/integration/readme.test.ts', "'For back ends'"]
  },
  {
    command: /^([A-Z]+=\w+ )*npm run test:unit( -- [a-z.-]+)?$/,
    runBy: ['test/integration/commands.test.ts', '“Working on Tamas”']
  },
  { command: /^tamas -- 'tamas:/, runBy: ['test/e2e/links.spec.ts', "'--', link]"] },
  { command: /^sudo apt (install \S+\.deb|remove tamas)$/, runBy: ['test/e2e/installed.spec.ts', 'await remove()'] },
  { command: /^tamas [a-z]+/, runBy: ['test/e2e/command.spec.ts', "tamas('dial'"] },
  { command: /^npm run (--silent )?tamas( |$)/, runBy: ['test/e2e/commands.spec.ts', 'npm run tamas'] },
  { command: /^npm run lint$/, runBy: ['scripts/test.ts', "check('lint'"] },
  { command: /^npm run types$/, runBy: ['scripts/test.ts', "check('types'"] },
  { command: /^npm run format$/, runBy: ['scripts/test.ts', "check('format'"] },
  { command: /^npm run test:(integration|e2e)$/, runBy: ['.ci/run', 'npm test'] },
  {
    command: /^SEED=\d+ RUNS=\d+ npm run test:integration -- malformed$/,
    runBy: ['test/integration/malformed.test.ts', "['RUNS']"]
  },
  { command: /^npm run bench$/, runBy: ['test/integration/commands.test.ts', 'npm run bench'] },
  { command: /^npm run screenshots$/, runBy: ['test/e2e/pictures.spec.ts', 'ui-gallery/'] },
  {
    command: /^(SEED=\d+ SECONDS=\d+ )?npm run test:network$/,
    reason: 'sixteen minutes on a quiet machine; test/integration has a short part of each line'
  },
  {
    command: /^SEED=random RUNS=\d+ npm test -- property$/,
    reason: 'an hour; npm test plays 5,000 of the same histories'
  }
]

const commands = documents.flatMap(commandsOf)

describe('the documents', () => {
  it('name commands', () => {
    expect(commands.length).toBeGreaterThan(30)
  })
  it.each(commands)('$document: $text', ({ text }) => {
    expect(rules.filter(({ command }) => command.test(text)).length).toBe(1)
  })
  it.each(rules)('$command is needed, and is run where it says', (rule) => {
    expect(commands.some(({ text }) => rule.command.test(text))).toBe(true)
    if ('reason' in rule) return
    const [file, words] = rule.runBy
    expect(existsSync(path.join(root, file)), file).toBe(true)
    expect(readFileSync(path.join(root, file), 'utf8')).toContain(words)
  })
})
