// Packs one .deb with dpkg-deb, as electron-builder asks `fpm` to. What it is to be stands in deb-control.ts.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { globSync } from 'node:fs'
import { run } from '../support/run.ts'
import { controlFile, readWish } from './deb-control.ts'

const wish = readWish(process.argv.slice(2))
const tree = mkdtempSync(path.join(os.tmpdir(), 'tamas-deb-'))

try {
  for (const { from, to } of wish.files) {
    const target = path.join(tree, to)
    mkdirSync(path.dirname(target), { recursive: true })
    cpSync(from, target, { recursive: from.endsWith('/'), verbatimSymlinks: true })
  }
  // Everybody reads all and may run what is a program, nobody but root writes, whoever has packed it.
  const modes = await run('chmod', ['-R', 'u+rwX,go+rX,go-w', tree])
  if (modes.code !== 0) throw new Error(modes.output)

  const files = globSync('**/*', { cwd: tree })
    .filter((name) => lstatSync(path.join(tree, name)).isFile())
    .sort()
  const sizes = files.map((name) => Math.ceil(lstatSync(path.join(tree, name)).size / 1024))
  const sums = files.map((name) => {
    const sum = createHash('md5')
      .update(readFileSync(path.join(tree, name)))
      .digest('hex')
    return `${sum}  ${name}\n`
  })
  const control = path.join(tree, 'DEBIAN')
  mkdirSync(control)
  writeFileSync(
    path.join(control, 'control'),
    controlFile(
      wish,
      sizes.reduce((sum, size) => sum + size, 0)
    )
  )
  writeFileSync(path.join(control, 'md5sums'), sums.join(''))
  for (const [name, script] of [
    ['postinst', wish.afterInstall],
    ['postrm', wish.afterRemove]
  ] as const) {
    copyFileSync(script, path.join(control, name))
    chmodSync(path.join(control, name), 0o755)
  }
  const args = [
    '--root-owner-group',
    `-Z${process.env['TAMAS_DEB_COMPRESSION'] ?? wish.compression}`,
    '--build',
    tree,
    wish.output
  ]
  const packed = await run('dpkg-deb', args, { env: process.env })
  if (packed.code !== 0) throw new Error(packed.output)
} finally {
  rmSync(tree, { recursive: true, force: true })
}
