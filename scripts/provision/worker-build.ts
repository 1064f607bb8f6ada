// Builds mediasoup's worker by the recipe in mediasoup-worker/. Changes nothing in node_modules; the compiler, meson and
// ninja have to be there.
import { existsSync, globSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { run, type RunOptions } from '../support/run.ts'
import { emptySource, mesonBuild, mesonOptions, overlays, type Overlay } from './mediasoup-worker/recipe.ts'
import { mediasoupFolder } from './paths.ts'
import { ProvisionError, type Progress } from './report.ts'

const recipe = path.join(import.meta.dirname, 'mediasoup-worker')

const must = async (what: string, command: string, args: readonly string[], options: RunOptions): Promise<void> => {
  const { code, output } = await run(command, args, options)
  // The last lines hold the compiler's complaint; all of them would bury it.
  const tail = output.trimEnd().split('\n').slice(-30).join('\n')
  if (code !== 0) throw new ProvisionError(`Building the media worker failed: ${what}\n${tail}`)
}

/** The folder into which meson would unpack a wrap's download. */
const wrapFolder = (wrapFile: string): string | undefined => /^directory *= *(\S+)/m.exec(wrapFile)?.[1]

const putOverlay = async (overlay: Overlay, subprojects: string): Promise<void> => {
  const wrap = path.join(subprojects, `${overlay.wrap}.wrap`)
  const name = existsSync(wrap) ? wrapFolder(await readFile(wrap, 'utf8')) : undefined
  if (name === undefined) {
    throw new ProvisionError(
      `This version of mediasoup has no ${overlay.wrap}.wrap: its worker's recipe has to be adapted.`
    )
  }
  const folder = path.join(subprojects, name)
  await mkdir(folder)
  await writeFile(path.join(folder, 'meson.build'), mesonBuild(overlay))
  await writeFile(path.join(folder, 'meson_options.txt'), mesonOptions(overlay))
  // ISO C wants a declaration in every file.
  await writeFile(path.join(folder, emptySource(overlay)), 'typedef int the_library_is_a_shared_one;\n')
  if (overlay.shim !== undefined) {
    await cp(path.join(recipe, 'shims', overlay.shim), path.join(folder, 'include'), { recursive: true })
  }
}

/** Turns ninja's "[12/261] Compiling…" into tenths. */
export const ninjaProgress = (text: string): string | undefined => {
  const [, done, all] = [...text.matchAll(/^\[(\d+)\/(\d+)\]/gm)].at(-1) ?? []
  return done === undefined || all === undefined ? undefined : `${Math.floor((Number(done) / Number(all)) * 10) * 10} %`
}

const compile = async (folder: string, progress: Progress): Promise<string> => {
  const source = path.join(folder, 'worker')
  const out = path.join(folder, 'out')
  await cp(path.join(mediasoupFolder(), 'worker'), source, { recursive: true })
  for (const patch of globSync('*.patch', { cwd: path.join(recipe, 'patches') }).sort()) {
    const file = path.join(recipe, 'patches', patch)
    await must(`${patch} no longer fits`, 'patch', ['--quiet', '--strip=1', `--input=${file}`], { cwd: source })
  }
  for (const overlay of overlays) await putOverlay(overlay, path.join(source, 'subprojects'))
  const options = ['--buildtype', 'release', '-Db_ndebug=true', '--wrap-mode', 'nodownload']
  await must('meson stopped', 'meson', ['setup', out, ...options], { cwd: source })
  const onOutput = (text: string): void => {
    const done = ninjaProgress(text)
    if (done !== undefined) progress(done)
  }
  const jobs = String(os.availableParallelism())
  const ninja = ['-n', '10', 'ninja', '-C', out, '-j', jobs, 'mediasoup-worker']
  await must('the compiler stopped', 'nice', ninja, { cwd: source, onOutput })
  await must('strip failed', 'strip', [path.join(out, 'mediasoup-worker')], {})
  return path.join(out, 'mediasoup-worker')
}

/** Builds the worker and puts it at `target`. Throws a ProvisionError with the build's last lines where it can't. */
export const buildWorker = async (target: string, progress: Progress): Promise<void> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tamas-worker-'))
  try {
    const built = await compile(folder, progress)
    await mkdir(path.dirname(target), { recursive: true, mode: 0o755 })
    await cp(built, `${target}.new`)
    await rename(`${target}.new`, target)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
