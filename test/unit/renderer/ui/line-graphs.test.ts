// The graphs of a talk: their values and ranges, the gaps, and each in words; and what it runs on.
import { describe, expect, it } from 'vitest'
import { createFormat } from '../../../../common/i18n/format.ts'
import { catalogue } from '../../../../common/i18n/index.ts'
import { factRows, graphNames, graphsOf } from '../../../../renderer/state/line-graphs.ts'
import { storyMs } from '../../../../renderer/state/line-story.ts'
import type { LineLook } from '../../../../renderer/state/media-port.ts'
import { lines, looksUntil } from '../../../support/ui-gallery/lines.ts'

const format = createFormat('en-GB')
const graphs = (looks: readonly LineLook[]) =>
  Object.fromEntries(graphsOf(looks, catalogue('en'), format).map((graph) => [graph.id, graph]))
const rows = (looks: readonly LineLook[]) => Object.fromEntries(factRows(looks, catalogue('en'), format))

describe('the graphs of a talk', () => {
  it('show two minutes up to now, and say the same in words', () => {
    const all = graphs(looksUntil(lines.poor))
    expect(Object.keys(all)).toEqual([...graphNames])
    expect(all['mos']).toMatchObject({ over: [-storyMs, 0], now: '2.8', from: 1, to: 4.5 })
    expect(all['mos']?.text).toBe('Mark (MOS): now 2.8, from 2.7 to 4.4 in the last two minutes')
    expect(all['lossOut']?.text).toBe('Lost on the way to them: now 18%, from 0% to 18% in the last two minutes')
    // What goes beyond the usual widens it.
    expect(all['lossOut']?.to).toBe(0.18)
    expect(all['lossIn']?.to).toBe(0.1)
    expect(all['levelIn']?.now).toMatch(/^-\d+ dB$/)
  })

  it('have a gap where nothing was measured, and say so where that is now', () => {
    const looks = looksUntil(lines.good)
    const held = looks.slice(0, 3).map((look) => ({ ...look, atMs: look.atMs + 120_000, quality: lines.unknown }))
    const all = graphs([...looks, ...held.map((look) => ({ ...look, measures: null, facts: null }))])
    expect(all['mos']?.points.slice(-3).map(({ value }) => value)).toEqual([null, null, null])
    expect(all['mos']?.text).toMatch(/^Mark \(MOS\): now –, from /)
    expect(graphs([])['mos']).toMatchObject({ now: '–', text: 'Mark (MOS): –', points: [] })
  })

  it('draw silence at the bottom and nothing where a level is unknown', () => {
    const [look] = looksUntil(lines.good)
    if (look?.facts === null || look === undefined) throw new Error('no look')
    const level = (levelIn: number | null) =>
      graphs([{ ...look, facts: { ...look.facts, levelIn } as LineLook['facts'] }])['levelIn']?.points[0]?.value
    expect([level(0), level(1), level(0.1), level(null)]).toEqual([-60, 0, -20, null])
  })
})

describe('what a talk runs on', () => {
  it('is codec, bit rates and the way of the sound', () => {
    expect(rows(looksUntil(lines.good))).toEqual({
      Codec: 'Opus 48 kHz',
      'Bit rate to you': '34 kbit/s',
      'Bit rate to them': '37 kbit/s',
      'Way of the sound': 'UDP, straight to the server'
    })
    const [look] = looksUntil(lines.good)
    if (look?.facts === null || look === undefined) throw new Error('no look')
    const facts = { ...look.facts, transport: 'tcp', relayed: true, codec: null, bitsIn: null } as const
    expect(rows([{ ...look, facts }])).toMatchObject({
      Codec: '–',
      'Bit rate to you': '–',
      'Way of the sound': 'TCP, by a relay'
    })
    expect(rows([])).toEqual({})
  })
})
