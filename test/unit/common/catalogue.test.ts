// Every word that people read stands in the catalogue: no component and nothing that main shows has words of its own.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { straysInComponent, straysInScript, type Stray } from '../../support/catalogue-check.ts'

const root = path.join(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
// What other programs call the columns of their files is not ours to translate.
const files = (pattern: string) => globSync(pattern, { cwd: root, exclude: ['renderer/files/**'] }).sort()

/** Words that are looked up by machines, and not read. */
const allowed: ReadonlySet<string> = new Set([
  'main/call/machine-snapshot.ts answered_elsewhere',
  'main/session/link.ts nothing was heard',
  'main/session/link.ts no welcome in time',
  'main/shell/notifier/linux.ts Tamas',
  'main/shell/notifier/linux.ts default',
  'main/shell/scheme.ts Not found',
  'renderer/state/other-layout.ts ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو'
])

const straysOf = (pattern: string, find: (source: string) => readonly Stray[]): readonly string[] =>
  files(pattern).flatMap((file) =>
    find(read(file))
      .filter(({ text }) => !allowed.has(`${file} ${text}`))
      .map(({ line, text }) => `${file}:${String(line)} ${text}`)
  )

describe('no words but in the catalogue', () => {
  it('in the components', () => {
    expect(files('renderer/**/*.svelte').length).toBeGreaterThan(40)
    expect(straysOf('renderer/**/*.svelte', straysInComponent)).toEqual([])
  })

  it('in what the other code of the app hands on', () => {
    expect(straysOf('{main,preload,renderer}/**/*.ts', straysInScript)).toEqual([])
  })
})

describe('the check finds', () => {
  it.each([
    ['text', '<p>Hello</p>'],
    ['text between others', '<p>{name} is calling</p>'],
    ['text of a branch', '{#if a}<b>{b}</b>{:else}Nobody{/if}'],
    ['a name for screen readers', '<button aria-label="Close"><X /></button>'],
    ['a tooltip', '<span title="Close">×</span>'],
    ['a placeholder', '<input placeholder="Name" />'],
    ['what a component is given', '<Button label="Close" />'],
    ['one of two words', "<button aria-label={open ? strings.close : 'Open'}>×</button>"],
    ['a word in a template', '<p>{`${count} calls`}</p>'],
    ['words that stand in for missing ones', "<p>{name ?? 'Unknown'}</p>"],
    ['words of a list', "{#each all as one}<p>{'Mr. ' + one}</p>{/each}"],
    ['Persian in a script', '<script lang="ts">const word = \'تماس\'</script>']
  ])('%s', (_what, source) => {
    expect(straysInComponent(source)).toHaveLength(1)
  })

  it.each([
    ['signs', '<p>· {name}: …</p>'],
    ['what is compared or looked up', "<p class:open={state === 'open'}>{strings['close']}</p>"],
    ['classes and ids', '<p class="kicker" id="{id}-name" data-row="x">{name}</p>'],
    ['sizes handed on', '<Button kind="stop" size="l">{word}</Button>'],
    ['comments and styles', '<!-- A word. --><p>{word}</p><style>p::before { content: "a" }</style>']
  ])('no fault in %s', (_what, source) => {
    expect(straysInComponent(source)).toEqual([])
  })

  it.each([
    ['an entry of a menu', "menu.append({ label: 'Quit' })"],
    ['the title of a window', "window.setTitle('Tamas')"],
    ['buttons', 'void show({ buttons: [words.stay, `Quit`] })'],
    ['a choice of words', "const it = { title: missed > 1 ? many(missed) : 'Missed' }"],
    ['a sentence anywhere', "const text = 'You are in a call'"],
    ['Persian anywhere', "const text = 'در تماس'"]
  ])('in scripts %s', (_what, source) => {
    expect(straysInScript(source)).toHaveLength(1)
  })

  it.each([
    ['lines of the log', "log.with({ part: 'x' }).info('Started again', { label: 'x' })"],
    ['errors of the programmer', "throw new Error('There is no such call')"],
    ['keys and kinds', "const it = { kind: 'missed', key: 'call back', label: words.close }"]
  ])('no fault in scripts in %s', (_what, source) => {
    expect(straysInScript(source)).toEqual([])
  })
})
