// What the programs of `npm run dev` are made of, to tell which of them a change of the sources means: their code without
// comments and white space. A file that none of them uses, or a comment in one that they do, means none.
import { createHash } from 'node:crypto'
import path from 'node:path'
import * as esbuild from 'esbuild'
import { fingerprint } from './fingerprint.ts'

/** Sums over the code of each, at one moment. */
export type Code = { readonly server: string; readonly phones: string; readonly pages: string }

/** A sum over the server's own code, which Node runs as it is. Throws where it does not compile. */
export const serverCode = async (root: string): Promise<string> => {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [path.join(root, 'server/index.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    // The error that is thrown says it all.
    logLevel: 'silent'
  })
  const hash = createHash('sha256')
  for (const { contents } of outputFiles) hash.update(contents)
  return hash.digest('hex').slice(0, 16)
}

/** Sums over what was built, without source maps. */
export const builtCode = (root: string): Omit<Code, 'server'> => ({
  phones: fingerprint(root, ['dist/main/**/*.cjs', 'dist/preload/**/*.cjs']),
  pages: fingerprint(root, ['dist/renderer/**/!(*.map)'])
})

/** What has to be done so that `now` runs instead of `before`. Phones that are started again load their pages anew. */
export const whatToDo = (
  before: Code,
  now: Code
): { readonly server: boolean; readonly phones: boolean; readonly pages: boolean } => {
  const phones = before.phones !== now.phones
  return { server: before.server !== now.server, phones, pages: !phones && before.pages !== now.pages }
}
