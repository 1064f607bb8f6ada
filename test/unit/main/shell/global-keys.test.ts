// Keys of the whole desktop: which are of use, what they mean, when they are taken and given back, and what is refused.
import { describe, expect, it, vi } from 'vitest'
import type { GlobalShortcut } from '../../../../common/global-shortcuts.ts'
import { silentLogger } from '../../../../common/log.ts'
import { defaultSettings } from '../../../../common/protocol/settings.ts'
import type { AppSnapshot, CallView } from '../../../../common/snapshot.ts'
import type { Settings } from '../../../../common/types.ts'
import { clipboardLink, copiedNumber } from '../../../../main/links/clipboard-link.ts'
import { readLink } from '../../../../main/links/read-link.ts'
import type { ShellAction } from '../../../../main/shell/actions.ts'
import { createGlobalKeys } from '../../../../main/shell/global-keys.ts'
import { keyDeed, wantedKeys } from '../../../../main/shell/key-deeds.ts'
import { followKeys } from '../../../../main/shell/key-presses.ts'
import { callView, createFakeClock, only, snapshotOf, talking } from './fixtures.ts'

const allKeys: Partial<Settings> = {
  keysAnswer: 'Control+Alt+A',
  keysDecline: 'Control+Alt+D',
  keysMute: 'Control+Alt+M',
  keysHangUp: 'Control+Alt+H',
  keysDial: 'Control+Alt+C'
}
const given = (calls: readonly CallView[] = [], keys: Partial<Settings> = allKeys): AppSnapshot =>
  snapshotOf({ calls, settings: { ...defaultSettings, ...keys } })
const ringing = callView()

/** The desktop's keys; some are another program's. */
const createFakeDesktop = (others: readonly string[] = []) => {
  const held = new Map<string, () => void>()
  const taken = new Set(others)
  return {
    held,
    taken,
    port: {
      register: vi.fn((accelerator: string, pressed: () => void) => {
        if (taken.has(accelerator) || held.has(accelerator)) return false
        held.set(accelerator, pressed)
        return true
      }),
      unregister: (accelerator: string) => {
        held.delete(accelerator)
      }
    }
  }
}
const setUp = ({ others = [], lasting = false }: { others?: readonly string[]; lasting?: boolean } = {}) => {
  const desktop = createFakeDesktop(others)
  const clock = createFakeClock()
  const keys = createGlobalKeys({ port: desktop.port, lasting, clock, log: silentLogger })
  const pressed: GlobalShortcut[] = []
  keys.onPressed((shortcut) => pressed.push(shortcut))
  return { ...desktop, clock, keys, pressed, heldNow: () => [...desktop.held.keys()] }
}

describe('what keys mean', () => {
  it.each<[string, GlobalShortcut, readonly CallView[], unknown]>([
    ['what rings is answered', 'answer', [ringing], { kind: 'answer', session: 's1' }],
    ['and declined', 'decline', [ringing], { kind: 'decline', session: 's1' }],
    ['not what does not disturb', 'answer', [callView({ silent: true })], null],
    ['a talk is muted', 'mute', [talking()], { kind: 'mute', session: 's1', muted: true }],
    ['and heard again', 'mute', [talking({ muted: true })], { kind: 'mute', session: 's1', muted: false }],
    [
      'and hung up, not the call that waits',
      'hangUp',
      [callView({ session: 's2', can: only('hangUp') }), talking()],
      { kind: 'hangUp', session: 's1' }
    ],
    [
      'a call on hold that is alone is hung up',
      'hangUp',
      [talking({ floor: false })],
      { kind: 'hangUp', session: 's1' }
    ],
    [
      'of two on hold none is meant',
      'hangUp',
      [talking({ floor: false }), talking({ floor: false, session: 's2' })],
      null
    ],
    ['nothing is muted while it rings', 'mute', [ringing], null],
    ['the clipboard is called', 'dial', [], { kind: 'dialClipboard' }]
  ])('%s', (_what, shortcut, calls, deed) => {
    expect(keyDeed(shortcut, given(calls))).toEqual(deed)
  })
  it('nobody who is not signed in dials', () => {
    expect(
      keyDeed('dial', { ...given(), account: { state: 'signedOut', lastServer: '', lastUsername: '', error: null } })
    ).toBeNull()
  })
})

describe('which are wanted', () => {
  const wanted = (snapshot: AppSnapshot, lasting = false) =>
    wantedKeys(snapshot, lasting).flatMap(({ shortcut, isWanted }) => (isWanted ? [shortcut] : []))
  it('none as long as none is set', () => {
    expect(wantedKeys(snapshotOf({ calls: [ringing] }), true)).toEqual([])
  })
  it('those that are of use', () => {
    expect(wanted(given())).toEqual(['dial'])
    expect(wanted(given([ringing]))).toEqual(['answer', 'decline', 'dial'])
    expect(wanted(given([talking()]))).toEqual(['mute', 'hangUp', 'dial'])
  })
  it('all of them where the desktop asks the person about each', () => {
    expect(wanted(given(), true)).toEqual(['answer', 'decline', 'mute', 'hangUp', 'dial'])
  })
})

describe('keys', () => {
  it('are taken while they are of use, and given back', () => {
    const { keys, heldNow } = setUp()
    keys.update(given())
    expect(heldNow()).toEqual(['Control+Alt+C'])
    keys.update(given([ringing]))
    expect(heldNow().sort()).toEqual(['Control+Alt+A', 'Control+Alt+C', 'Control+Alt+D'])
    keys.update(given([talking()]))
    expect(heldNow().sort()).toEqual(['Control+Alt+C', 'Control+Alt+H', 'Control+Alt+M'])
    keys.update(given([], {}))
    expect(heldNow()).toEqual([])
  })
  it('are tried when they are set, so that a refusal is known before it rings', () => {
    const { keys, heldNow } = setUp({ others: ['Control+Alt+A'] })
    const changed = vi.fn()
    keys.onChanged(changed)
    keys.update(given())
    expect(keys.refused()).toEqual(['answer'])
    expect(changed).toHaveBeenCalledTimes(1)
    expect(heldNow()).toEqual(['Control+Alt+C'])
    keys.update(given([], { ...allKeys, keysAnswer: 'F9' }))
    expect(keys.refused()).toEqual([])
  })
  it('are asked for once, not with each change of a call', () => {
    const { keys, port } = setUp({ others: ['Control+Alt+C'] })
    for (let at = 0; at < 5; at += 1) keys.update(given())
    expect(port.register.mock.calls.filter(([accelerator]) => accelerator === 'Control+Alt+C')).toHaveLength(1)
  })
  it('are tried again when they are of use again', () => {
    const { keys, taken } = setUp({ others: ['Control+Alt+A'] })
    keys.update(given())
    taken.clear()
    keys.update(given([ringing]))
    expect(keys.refused()).toEqual([])
  })
  it('that are set twice, as in a file, are the first one’s', () => {
    const { keys, heldNow } = setUp()
    keys.update(given([ringing], { keysAnswer: 'F9', keysDecline: 'F9' }))
    expect(keys.refused()).toEqual(['decline'])
    expect(heldNow()).toEqual(['F9'])
    keys.update(given([ringing], { keysDecline: 'F9' }))
    expect(keys.refused()).toEqual([])
    expect(heldNow()).toEqual(['F9'])
  })
  it('can change places', () => {
    const { keys, heldNow } = setUp()
    keys.update(given([ringing], { keysAnswer: 'F8', keysDecline: 'F9' }))
    keys.update(given([ringing], { keysAnswer: 'F9', keysDecline: 'F8' }))
    expect(keys.refused()).toEqual([])
    expect(heldNow().sort()).toEqual(['F8', 'F9'])
  })
  it('do nothing while keys are chosen', () => {
    const { keys, heldNow } = setUp()
    keys.update(given([talking()]))
    keys.setChoosing(true)
    expect(heldNow()).toEqual([])
    keys.update(given([ringing]))
    expect(heldNow()).toEqual([])
    keys.setChoosing(false)
    expect(heldNow().sort()).toEqual(['Control+Alt+A', 'Control+Alt+C', 'Control+Alt+D'])
  })
  it.each([
    ['held down, with repeats after half a second', [500, 33, 33, 33], 1],
    ['held down, with repeats after the longest pause that desktops offer', [2_000, 33, 33], 1],
    ['held down, with slow repeats after little', [250, 90, 90], 1],
    ['pressed twice quickly', [150], 2],
    ['pressed four times quickly', [180, 200, 160], 4],
    ['held down, and pressed again soon after', [500, 33, 33, 150], 2],
    ['pressed again after a moment', [2_000], 2],
    ['pressed again later', [5_000], 2],
    ['told twice of one press', [5], 1]
  ])('that are %s count as presses of a hand', (_what, pauses, times) => {
    const { keys, held, clock, pressed } = setUp()
    keys.update(given([talking()]))
    held.get('Control+Alt+M')?.()
    expect(pressed).toEqual(['mute'])
    for (const pause of pauses) {
      clock.advance(pause)
      held.get('Control+Alt+M')?.()
    }
    clock.advance(100)
    expect(pressed).toHaveLength(times)
  })
  it('are forgotten at the end, also while it is not known yet whether one is held', () => {
    const { keys, held, clock, pressed } = setUp()
    keys.update(given([talking()]))
    held.get('Control+Alt+M')?.()
    clock.advance(300)
    held.get('Control+Alt+M')?.()
    keys.close()
    clock.advance(1_000)
    expect(pressed).toEqual(['mute'])
  })
  it('that Electron does not know are refused, and all are given back at the end', () => {
    const { keys, port, heldNow } = setUp()
    port.register.mockImplementationOnce(() => {
      throw new TypeError('conversion failure')
    })
    keys.update(given())
    expect(keys.refused()).toEqual(['answer'])
    keys.close()
    expect(heldNow()).toEqual([])
  })
})

describe('a press', () => {
  const follow = (snapshot: AppSnapshot) => {
    const { keys, held } = setUp()
    keys.update(snapshot)
    const done: unknown[] = []
    followKeys({ keys, snapshot: () => snapshot, act: (action: ShellAction) => done.push(action) })
    return { done, press: (accelerator: string) => held.get(accelerator)?.() }
  }
  it('is carried out where everything from the tray is', () => {
    const { done, press } = follow(given([talking()]))
    press('Control+Alt+M')
    expect(done).toEqual([{ kind: 'mute', session: 's1', muted: true }])
  })
})

describe('the clipboard', () => {
  it.each([
    ['101', '101'],
    [' ۰۲۱-۸۸ ۷۷ ', '0218877'],
    ['+98 (21) 88-77', '+982188 77'.replace(' ', '')],
    ['*100#', '*100#'],
    ['tel:+982188', '+982188'],
    ['sip:sara@example.org', 'sara']
  ])('with %s asks to call %s', (copied, to) => {
    expect(readLink(clipboardLink(copied) ?? '')).toEqual({ ok: true, target: { kind: 'dial', to, extension: null } })
  })
  it.each(['', 'sara', 'call 101 now', '101\n102', '1'.repeat(40), 'https://example.org/101', 'x'.repeat(5_000)])(
    'with %s asks nothing',
    (copied) => {
      expect(clipboardLink(copied)).toBeNull()
      expect(copiedNumber(copied)).toBeNull()
    }
  )
  it('offers numbers alone', () => {
    expect(copiedNumber(' ۰۹۱۲ ۳۴۵ ۶۷۸۹')).toBe('09123456789')
    expect(copiedNumber('tel:+98-21;ext=4')).toBe('+9821')
    expect(copiedNumber('sip:sara@example.org')).toBeNull()
    expect(copiedNumber('tamas://join?call=101')).toBeNull()
  })
})
