// @vitest-environment happy-dom
// A call whose page was made small: what brings it back to the stage, and what does not.
import { afterEach, describe, expect, it } from 'vitest'
import type { CallView } from '../../../../common/snapshot.ts'
import { callOf, callsOf } from './made-up-calls.ts'
import { button, close, open, settle } from './page.ts'

afterEach(close)

describe('a call that was put away', () => {
  const talkOf = (session: string, peer: CallView['peer']): CallView => ({ ...callOf('talking'), session, peer })
  const sara = callOf('talking').peer
  const niloufar = callOf('two-calls').peer
  const first = talkOf('s1', sara)
  const held = callsOf('two-calls').find(({ held }) => held.mine) ?? callOf('held')
  const second = talkOf('s2', niloufar)
  const onHold = { ...held, session: 's1', peer: sara }
  const onPage = () => document.querySelector('.stage h1 .selectable')?.textContent ?? null
  const become = async (bridge: { change: (part: { calls: readonly CallView[] }) => void }, ...calls: CallView[]) => {
    bridge.change({ calls })
    await settle()
  }
  const putAway = async () => {
    button('Minimise the call').click()
    await settle()
  }

  it.each([true, false])(
    'does not take the conference with it that is made of it (second put away: %s)',
    async (both) => {
      const { bridge } = await open('talking')
      await putAway()
      await become(bridge, onHold, second)
      if (both) await putAway()
      await become(bridge, ...callsOf('conference'))
      expect(onPage()).toBe('Sara Rahimi and Niloufar Yazdani')
    }
  )
  it('is back with its button to go on, once the one that was made meanwhile is over', async () => {
    const { bridge } = await open('talking')
    await putAway()
    await become(bridge, onHold, second)
    expect(onPage()).toBe('Niloufar Yazdani')
    await become(bridge, onHold)
    expect(onPage()).toBe('Sara Rahimi')
    expect(document.querySelector('.stage .controls')?.textContent).toContain('Resume')
  })
  it('stays away where the person put the other one away too, and where a conference was, of which one leaves', async () => {
    const { bridge } = await open('talking')
    await become(bridge, onHold, second)
    await putAway()
    expect(onPage()).toBeNull()
    await become(bridge, onHold)
    expect(onPage()).toBeNull()
    await become(bridge, ...callsOf('conference'))
    await putAway()
    await become(bridge, first)
    expect(onPage()).toBeNull()
  })
})
