// What goes into the package, before anything is packed: the control file, the fuses, and that the
// parts which name the app, its version and its links agree with each other.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import { describe, expect, it } from 'vitest'
import { isLink } from '../../../common/links.ts'
import { takenSchemes } from '../../../main/shell/phone-links.ts'
import { controlFile, readWish } from '../../../scripts/package/deb-control.ts'
import { fuses } from '../../../scripts/package/fuses.ts'
import { root } from '../../../scripts/support/run.ts'

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const said = [
  '-s',
  'dir',
  '--force',
  '-t',
  'deb',
  '-d',
  'libone',
  '-d',
  'libtwo | libtwot64',
  '--deb-compression',
  'gz'
]
const rest = ['--name', 'tamas', '--version', '1.2.3~beta', '--architecture', 'amd64', '--package', '/out/x.deb']

describe('the control file', () => {
  it('says what electron-builder has said', () => {
    const description = 'Desktop softphone\n Calls people.\n\n And more.'
    const wish = readWish([...said, ...rest, '--description', description, '--url', 'https://x/=y', '/a=b/=/opt/Tamas'])
    expect(wish).toMatchObject({
      compression: 'gzip',
      output: '/out/x.deb',
      files: [{ from: '/a=b/', to: '/opt/Tamas' }]
    })
    expect(controlFile(wish, 12)).toBe(
      `Package: tamas
Version: 1.2.3~beta
Architecture: amd64
Installed-Size: 12
Depends: libone, libtwo | libtwot64
Homepage: https://x/=y
Description: Desktop softphone
 Calls people.
 .
 And more.
`
    )
  })

  it('is not made of what is not understood', () => {
    expect(() => readWish([...said, '--deb-config', 'x'])).toThrow('--deb-config')
    expect(() => readWish([...said, 'nowhere'])).toThrow('nowhere')
    expect(() => readWish(['-s', 'dir', '-t', 'rpm'])).toThrow('.deb')
  })
})

it('every fuse that is known is set', () => {
  const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)))
  expect(Object.keys(fuses).sort()).toEqual(known.sort())
})

it('version, links and name are the same wherever the package says them', () => {
  const { version, desktopName } = JSON.parse(read('package.json')) as { version: string; desktopName: string }
  const metainfo = read('build/linux/app.tamas.phone.metainfo.xml')
  expect(/<release version="([^"]+)"/.exec(metainfo)?.[1]).toBe(version)
  expect(metainfo).toContain(`<launchable type="desktop-id">${desktopName}</launchable>`)
  const offered = [...metainfo.matchAll(/x-scheme-handler\/(\w+)/g)].map(([, scheme]) => scheme)
  const taken = [...read('electron-builder.yml').matchAll(/schemes: \[([^\]]+)\]/g)].flatMap(([, list = '']) =>
    list.split(', ')
  )
  expect(offered).toEqual(taken)
  expect(taken).toEqual(takenSchemes)
  expect(taken.length).toBeGreaterThan(0)
  expect(taken.filter((scheme) => !isLink(`${scheme}:100`))).toEqual([])
  expect(read('main/shell/begin.ts')).toContain(`'${/^appId: (.*)$/m.exec(read('electron-builder.yml'))?.[1] ?? '?'}'`)
})
