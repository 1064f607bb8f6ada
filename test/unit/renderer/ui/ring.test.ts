// @vitest-environment happy-dom
// The ring window with a fake bridge behind it: what it says, and what its keys ask of main.
import { flushSync, mount, unmount } from 'svelte'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RingBridge } from '../../../../common/ipc.ts'
import { ok } from '../../../../common/result.ts'
import type { RingView } from '../../../../common/snapshot.ts'
import { RingState } from '../../../../renderer/state/ring-state.svelte.ts'
import Ring from '../../../../renderer/ui/Ring.svelte'
import { createFakeBridge, createFakeRingBridge, type FakeBridge } from '../../../support/ui-gallery/fakes.ts'
import { snapshotOf } from '../../../support/ui-gallery/states.ts'
import { press, settle } from './page.ts'

const openRing = async (locale: 'en' | 'fa' = 'en'): Promise<FakeBridge> => {
  const snapshot = snapshotOf('ring', locale, 'light', Date.now())
  const bridge = createFakeBridge(snapshot)
  const ring = new RingState(createFakeRingBridge(bridge, snapshot))
  ring.start()
  await settle()
  const component = mount(Ring, { target: document.body, props: { bridge, ring } })
  flushSync()
  onTestFinished(() => {
    void unmount(component)
    document.body.innerHTML = ''
  })
  return bridge
}

describe('the ring window', () => {
  it('says who calls, once', async () => {
    await openRing()
    expect(document.querySelector('[aria-live=assertive]')?.textContent.trim()).toBe('Incoming call from Sara Rahimi')
  })
  it('draws all as large as main has made the window, and never smaller than usual', async () => {
    const { innerWidth, innerHeight } = window
    onTestFinished(() => void Object.assign(window, { innerWidth, innerHeight }))
    const size = () => document.documentElement.style.fontSize
    Object.assign(window, { innerWidth: 720, innerHeight: 296 })
    await openRing()
    expect(size()).toBe('200%')
    for (const [width, height, wanted] of [
      [540, 222, '150%'],
      [1_000, 148, '100%'],
      [200, 100, '100%']
    ] as const) {
      Object.assign(window, { innerWidth: width, innerHeight: height })
      window.dispatchEvent(new Event('resize'))
      await settle()
      flushSync()
      expect(size()).toBe(wanted)
    }
  })
  it('keeps to what was announced, however late the answer of its first question comes', async () => {
    let answer: (value: Awaited<ReturnType<RingBridge['load']>>) => void = () => undefined
    let announce: (view: RingView) => void = () => undefined
    const ring = new RingState({
      load: () => new Promise((resolve) => (answer = resolve)),
      onChanged: (listener) => {
        announce = listener
        return () => undefined
      }
    })
    ring.start()
    announce({ locale: 'fa', theme: 'dark', call: null })
    answer(ok({ locale: 'en', theme: 'light', call: null }))
    await settle()
    expect([ring.locale, ring.theme, ring.call]).toEqual(['fa', 'dark', null])
  })

  it('answers with Enter and declines with Escape', async () => {
    const bridge = await openRing()
    press(document.body, { key: 'Enter', repeat: true })
    press(document.body, { key: 'Enter' })
    press(document.body, { key: 'Escape' })
    expect(bridge.asked).toEqual([
      ['answer', { session: 's1' }],
      ['decline', { session: 's1' }]
    ])
  })
  it('leaves Enter on a button to that button', async () => {
    const bridge = await openRing('fa')
    const decline = document.querySelector('button.stop')
    if (decline === null) throw new Error('no decline')
    press(decline, { key: 'Enter' })
    expect(bridge.asked).toEqual([])
    expect(decline.textContent).toContain('رد کردن')
  })
})
