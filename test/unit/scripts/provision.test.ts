// The parsing that provisioning stands on: dpkg's list and the progress of a build.
import { describe, expect, it } from 'vitest'
import { emptySource, mesonBuild, mesonOptions, overlays } from '../../../scripts/provision/mediasoup-worker/recipe.ts'
import { installedPackages } from '../../../scripts/provision/system-packages.ts'
import { ninjaProgress } from '../../../scripts/provision/worker-build.ts'

describe('installedPackages', () => {
  const output = [
    'installed\tlibnss3\t',
    'installed\tlibgtk-3-0t64\tgtk3-binver-3.0.0, libgtk-3-0 (= 3.24.49-3)',
    'config-files\tpulseaudio\tpulseaudio-server',
    ''
  ].join('\n')
  const installed = installedPackages(output)

  it('has what is installed, under its name and those it provides', () => {
    expect(installed.has('libnss3')).toBe(true)
    expect(installed.has('libgtk-3-0')).toBe(true)
  })

  it('has nothing of what was removed', () => {
    expect(installed.has('pulseaudio')).toBe(false)
    expect(installed.has('pulseaudio-server')).toBe(false)
  })
})

describe('ninjaProgress', () => {
  it('is the last step printed, in tenths', () => {
    expect(ninjaProgress('[1/261] a\n[131/261] b\n')).toBe('50 %')
    expect(ninjaProgress('[261/261] Linking\n')).toBe('100 %')
  })

  it('is nothing for other output', () => {
    expect(ninjaProgress('warning: [1/2] in the middle\n')).toBeUndefined()
  })
})

describe('the worker’s overlays', () => {
  it.each(overlays.map((overlay) => [overlay.wrap, overlay] as const))(
    '%s defines what the build asks for',
    (_, overlay) => {
      const text = mesonBuild(overlay)
      for (const name of [...Object.keys(overlay.dependencies), ...overlay.libraries])
        expect(text).toContain(`\n${name} = `)
      if (overlay.libraries.length > 0) expect(text).toContain(`'${emptySource(overlay)}'`)
      expect(mesonOptions(overlay).split('\n')).toHaveLength((overlay.options?.length ?? 0) + 1)
    }
  )
})
