// A package that is loaded late has a bundle of its own beside main's: what main imports later is that file.
import type { Plugin } from 'esbuild'

/** For esbuild: `import('name')` becomes a look at `file`, which is built from the package as an entry of its own. */
export const besideMain = (name: string, file: string): Plugin => ({
  name: `beside main: ${name}`,
  setup: (build) => {
    build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: file, external: true } : undefined
    )
  }
})
