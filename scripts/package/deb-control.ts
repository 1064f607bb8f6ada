// What electron-builder tells `fpm` to pack, read as a description of one .deb, and that as the text of its control file.
// Pure: nothing is packed here.
import { parseArgs } from 'node:util'

export type DebWish = {
  readonly name: string
  readonly version: string
  readonly architecture: string
  readonly maintainer: string
  readonly vendor: string
  readonly homepage: string
  readonly section: string
  readonly priority: string
  readonly depends: readonly string[]
  readonly recommends: readonly string[]
  /** The first line in short, the rest in long. */
  readonly description: string
  /** As dpkg-deb names it. */
  readonly compression: string
  /** Scripts to run after unpacking and after removal. */
  readonly afterInstall: string
  readonly afterRemove: string
  /** The file to write. */
  readonly output: string
  /** From here to there; a folder ends with a slash, and what is in it is meant. */
  readonly files: readonly { readonly from: string; readonly to: string }[]
}

/** fpm's names where they are not dpkg-deb's own. */
const compressions: Readonly<Record<string, string>> = { gz: 'gzip', bzip2: 'bzip2', zst: 'zstd' }

const one = { type: 'string', default: '' } as const
const many = { type: 'string', multiple: true, default: [] as string[] } as const

/** Throws where something is asked for that is not understood: it would be missing in the package. */
export const readWish = (commandLine: readonly string[]): DebWish => {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    strict: true,
    allowPositionals: true,
    options: {
      source: { ...one, short: 's' },
      target: { ...one, short: 't' },
      depends: { ...many, short: 'd' },
      'deb-recommends': many,
      'deb-compression': one,
      'deb-priority': one,
      architecture: one,
      'after-install': one,
      'after-remove': one,
      description: one,
      version: one,
      package: one,
      name: one,
      maintainer: one,
      vendor: one,
      url: one,
      category: one,
      license: one,
      log: one,
      force: { type: 'boolean' },
      debug: { type: 'boolean' }
    }
  })
  if (values.source !== 'dir' || values.target !== 'deb')
    throw new Error('Only a .deb of folders and files is made here.')
  return {
    name: values.name,
    version: values.version,
    architecture: values.architecture,
    maintainer: values.maintainer,
    vendor: values.vendor,
    homepage: values.url,
    section: values.category,
    priority: values['deb-priority'],
    depends: values.depends,
    recommends: values['deb-recommends'],
    description: values.description,
    compression: compressions[values['deb-compression']] ?? values['deb-compression'],
    afterInstall: values['after-install'],
    afterRemove: values['after-remove'],
    output: values.package,
    files: positionals.map((mapping) => {
      const at = mapping.lastIndexOf('=')
      if (at < 1) throw new Error(`It is not said where ${mapping} goes.`)
      return { from: mapping.slice(0, at), to: mapping.slice(at + 1) }
    })
  }
}

/** Long lines and empty ones as a control file has them. */
const paragraphs = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .map((line, at) => (at === 0 ? line : ` ${line === '' ? '.' : line}`))
    .join('\n')

export const controlFile = (wish: DebWish, installedKiB: number): string => {
  const fields: readonly (readonly [string, string])[] = [
    ['Package', wish.name],
    ['Version', wish.version],
    ['Architecture', wish.architecture],
    ['Maintainer', wish.maintainer],
    ['Installed-Size', String(installedKiB)],
    ['Depends', wish.depends.join(', ')],
    ['Recommends', wish.recommends.join(', ')],
    ['Section', wish.section],
    ['Priority', wish.priority],
    ['Homepage', wish.homepage],
    ['Description', paragraphs(wish.description)]
  ]
  return fields.flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}\n`])).join('')
}
