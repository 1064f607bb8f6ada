// The bundle without the schema library's languages: smaller, and what does not parse is still said in words.
import { runInNewContext } from 'node:vm'
import { build, type Plugin } from 'esbuild'
import { expect, it } from 'vitest'
import { withoutLocales } from '../../../scripts/support/without-locales.ts'

const code =
  "import { z } from 'zod'\nglobalThis.said = z.object({ n: z.number() }).safeParse({ n: 'x' }).error.issues[0].message"

const bundled = async (plugins: Plugin[]): Promise<string> => {
  const made = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    write: false,
    plugins
  })
  return made.outputFiles[0]?.text ?? ''
}

it('is smaller by hundreds of kilobytes, and says what is wrong', async () => {
  const [whole, lean] = await Promise.all([bundled([]), bundled([withoutLocales])])
  expect(whole.length - lean.length).toBeGreaterThan(200_000)
  const world: { said?: string } = {}
  runInNewContext(lean, Object.assign(world, { globalThis: world }))
  expect(world.said).toContain('expected number')
})
