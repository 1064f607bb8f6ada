// `npm run build`: bundles main and preload with esbuild and the pages with Vite, each only if its sources have changed
// since. Formats and targets are written down here, for the older of the two Electrons (25: Node 18, Chrome 114).
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'
import { build as viteBuild } from 'vite'
import { readArguments } from './support/arguments.ts'
import { fingerprint, readRecord } from './support/fingerprint.ts'
import { main } from './support/main.ts'
import { root } from './support/run.ts'
import { writePackages } from './support/packages.ts'
import { besideMain } from './support/beside-main.ts'
import { withoutLocales } from './support/without-locales.ts'

/** The parts in the order in which they are built. */
export const parts = ['main', 'preload', 'renderer'] as const
export type Part = (typeof parts)[number]

const recordFile = path.join(root, 'dist/build.json')

/** What no list of modules names: Electron itself, and the font, which a style sheet brings in. */
const besides: Readonly<Record<Part, readonly string[]>> = {
  main: ['node_modules/electron/'],
  preload: [],
  renderer: ['node_modules/@fontsource-variable/vazirmatn/']
}
const listPackages = (part: Part, files: readonly string[]): void =>
  writePackages(path.join(root, `dist/${part}/packages.json`), root, [...files, ...besides[part]])

/** What decides how a part comes out. */
const sources = (part: Part): readonly string[] => [
  `${part}/**/*`,
  'common/**/*',
  'scripts/build.ts',
  'scripts/support/beside-main.ts',
  'scripts/support/packages.ts',
  'scripts/support/without-locales.ts',
  'scripts/vite.config.ts',
  'svelte.config.js',
  'package.json',
  'package-lock.json'
]

/** A part's result, to see that nobody has removed it. */
const results: Readonly<Record<Part, string>> = {
  main: 'dist/main/index.cjs',
  preload: 'dist/preload/index.cjs',
  renderer: 'dist/renderer/index.html'
}

const bundle = async (options: esbuild.BuildOptions): Promise<readonly string[]> => {
  const { metafile } = await esbuild.build({
    metafile: true,
    absWorkingDir: root,
    bundle: true,
    // ESM in Electron's main process came with 28, and a sandboxed preload is one CJS file to this day.
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    sourcemap: 'linked',
    // Stacks and logs name functions as the sources do.
    keepNames: true,
    legalComments: 'linked',
    logLevel: 'warning',
    ...options
  })
  return Object.keys(metafile?.inputs ?? {})
}

const builders: Readonly<Record<Part, () => Promise<void>>> = {
  main: async () => {
    const files = await bundle({
      // The program, the thread in which a command from a terminal runs, and what is read with the first look for updates.
      entryPoints: [
        { in: 'main/entry.ts', out: 'index' },
        { in: 'main/command/worker.ts', out: 'command' },
        { in: 'electron-updater', out: 'updater' }
      ],
      outdir: 'dist/main',
      platform: 'node',
      target: 'node18',
      plugins: [withoutLocales, besideMain('electron-updater', './updater.cjs')],
      // An archive is read by `require` in every Electron.
      supported: { 'dynamic-import': false },
      // Compiled at every start. Names stay: stacks and logs are read.
      minifyWhitespace: true,
      minifySyntax: true,
      // Electron's own module, and the native helpers that ws uses where somebody has installed them.
      external: ['electron', 'bufferutil', 'utf-8-validate']
    })
    listPackages('main', files)
  },
  preload: async () => {
    await bundle({
      // One for each role of window.
      entryPoints: ['index', 'ring', 'mini']
        .map((name) => `preload/${name}.ts`)
        .filter((file) => existsSync(path.join(root, file))),
      outdir: 'dist/preload',
      // A sandboxed preload has Electron and the page's world, and no Node.
      platform: 'browser',
      target: 'chrome114',
      external: ['electron']
    })
  },
  renderer: async () => {
    const result = await viteBuild({ configFile: path.join(root, 'scripts/vite.config.ts'), logLevel: 'warn' })
    const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []))
    listPackages(
      'renderer',
      outputs.flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []))
    )
  }
}

export type BuildOptions = {
  /** Only these parts; all by default. */
  readonly only?: readonly Part[]
  /** Also what has not changed. */
  readonly force?: boolean
}

/** Builds what has changed and returns which parts that were. Throws where a part does not build. */
export const build = async ({ only = parts, force = false }: BuildOptions = {}): Promise<readonly Part[]> => {
  const built: Part[] = []
  for (const part of parts.filter((name) => only.includes(name))) {
    const print = fingerprint(root, sources(part))
    const isCurrent = readRecord(recordFile)[part] === print && existsSync(path.join(root, results[part]))
    if (isCurrent && !force) continue
    await builders[part]()
    built.push(part)
    mkdirSync(path.dirname(recordFile), { recursive: true })
    writeFileSync(recordFile, `${JSON.stringify({ ...readRecord(recordFile), [part]: print }, null, 2)}\n`)
  }
  return built
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const { force } = readArguments({ force: { type: 'boolean' } })
    const started = Date.now()
    const built = await build({ force: force === true })
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    console.log(built.length === 0 ? 'Nothing has changed.' : `Built ${built.join(', ')} in ${seconds} s.`)
  })
}
