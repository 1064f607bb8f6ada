// What commands do with the calls there are, and what they say. The phone is a fake here.
import { describe, expect, it, vi } from 'vitest'
import { createEmitter } from '../../../../common/emitter.ts'
import { catalogue } from '../../../../common/i18n/index.ts'
import { fail, ok } from '../../../../common/result.ts'
import type { AppSnapshot } from '../../../../common/snapshot.ts'
import { createObey } from '../../../../main/command/obey.ts'
import { joinWithinMs } from '../../../../main/command/run.ts'
import type { ModelChange } from '../../../../main/model.ts'
import { callView, createFakeClock, only, settle, snapshotOf, talking } from '../shell/fixtures.ts'

const words = catalogue('en').command

const setUp = (part: Partial<AppSnapshot> = {}) => {
  let snapshot = snapshotOf(part)
  const changed = createEmitter<ModelChange>(() => undefined)
  const clock = createFakeClock(1_000)
  const phone = {
    dial: vi.fn((to: string) => (to === '101' ? fail('cannot_call_self') : ok({ session: 'new' }))),
    answer: vi.fn(() => ok({})),
    decline: vi.fn(() => ok({})),
    hangUp: vi.fn(() => ok({})),
    mute: vi.fn(() => ok({})),
    hold: vi.fn(() => ok({}))
  }
  const deps = { showWindow: vi.fn(), answered: vi.fn(), quit: vi.fn() }
  const obey = createObey({
    phone,
    model: { snapshot: () => snapshot, onChanged: changed.on },
    clock,
    ...deps
  })
  return {
    obey,
    phone,
    clock,
    ...deps,
    become: (next: Partial<AppSnapshot>) => {
      snapshot = snapshotOf(next)
      changed.emit({ snapshot, patch: { rev: 1, now: 0, changed: next } })
    }
  }
}
const done = (text: string) => ({ outcome: 'done', text, status: null })
const refused = (text: string) => ({ outcome: 'refused', text })

describe('dial', () => {
  it('says whom, or why not', async () => {
    const { obey, phone } = setUp()
    expect(await obey({ name: 'dial', to: '102', patient: false })).toEqual(done(words.calling('Reza (102)')))
    expect(phone.dial).toHaveBeenCalledWith('102')
    const own = await obey({ name: 'dial', to: '101', patient: false })
    expect(own).toEqual(refused(catalogue('en').errors.cannot_call_self))
  })
  it('waits for the connection where the app was started for it, but not for ever', async () => {
    const { obey, phone, become, clock } = setUp({ link: { state: 'connected' } })
    const dialled = obey({ name: 'dial', to: '102', patient: true })
    await settle()
    expect(phone.dial).not.toHaveBeenCalled()
    become({})
    expect(await dialled).toMatchObject({ outcome: 'done' })

    become({ link: { state: 'initialized' } })
    const inVain = obey({ name: 'dial', to: '102', patient: true })
    await settle()
    clock.advance(joinWithinMs)
    await inVain
    expect(phone.dial).toHaveBeenCalledTimes(2)
  })
  it('does not wait where nobody is signed in', async () => {
    const { obey, phone } = setUp({ account: { state: 'signedOut', lastServer: '', error: null } })
    await obey({ name: 'dial', to: '102', patient: true })
    expect(phone.dial).toHaveBeenCalled()
  })
})

describe('answer and decline', () => {
  it('mean what rings, before what one may return to', async () => {
    const left = callView({ session: 'left', status: 'conversation', can: only('answer', 'hangUp') })
    const { obey, phone, answered } = setUp({ calls: [left, callView({ session: 'rings' })] })
    expect(await obey({ name: 'answer' })).toEqual(done(words.answered('Reza (102)')))
    expect(phone.answer).toHaveBeenCalledWith('rings')
    expect(answered).toHaveBeenCalledWith('rings')
    await obey({ name: 'decline' })
    expect(phone.decline).toHaveBeenCalledWith('rings')
  })
  it('are refused where nobody calls', async () => {
    const { obey } = setUp({ calls: [talking()] })
    expect(await obey({ name: 'answer' })).toEqual(refused(words.nothingRings))
    expect(await obey({ name: 'decline' })).toEqual(refused(words.nothingRings))
  })
})

describe('mute, hold and hang up', () => {
  const held = talking({
    session: 'held',
    floor: false,
    held: { mine: true, theirs: false },
    can: only('mute', 'resume', 'hangUp')
  })
  const talk = talking({ session: 'talk', can: only('mute', 'hold', 'hangUp') })
  it('mean the talk, not what waits', async () => {
    const { obey, phone } = setUp({ calls: [held, talk] })
    expect(await obey({ name: 'mute', change: 'toggle' })).toEqual(done(words.muted))
    expect(phone.mute).toHaveBeenCalledWith('talk', true)
    expect(await obey({ name: 'mute', change: 'off' })).toEqual(done(words.unmuted))
    expect(phone.mute).toHaveBeenLastCalledWith('talk', false)
    await obey({ name: 'hold', change: 'toggle' })
    expect(phone.hold).toHaveBeenCalledWith('talk', true)
    await obey({ name: 'hangup' })
    expect(phone.hangUp).toHaveBeenCalledWith('talk')
    expect(phone.hangUp).toHaveBeenCalledTimes(1)
  })
  it('go on with what waits, and do nothing that is done', async () => {
    const { obey, phone } = setUp({ calls: [held] })
    expect(await obey({ name: 'hold', change: 'on' })).toEqual(done(words.held('Reza (102)')))
    expect(phone.hold).not.toHaveBeenCalled()
    await obey({ name: 'hold', change: 'toggle' })
    expect(phone.hold).toHaveBeenCalledWith('held', false)
  })
  it('end a conference with one hang-up, which ends both', async () => {
    const { obey, phone } = setUp({ calls: [talk, { ...talk, session: 'other' }] })
    // As the phone does: with the first the second has ended too.
    phone.hangUp.mockReturnValueOnce(ok({})).mockReturnValueOnce(fail('not_allowed_now'))
    expect(await obey({ name: 'hangup' })).toEqual(done(words.ended('Reza (102)')))
    expect(phone.hangUp.mock.calls).toEqual([['talk']])
  })
  it('say why they can’t', async () => {
    const { obey, phone, become } = setUp()
    expect(await obey({ name: 'mute', change: 'toggle' })).toEqual(refused(words.noTalk))
    expect(await obey({ name: 'hold', change: 'on' })).toEqual(refused(words.noTalk))
    expect(await obey({ name: 'hold', change: 'off' })).toEqual(refused(words.noneHeld))
    expect(await obey({ name: 'hangup' })).toEqual(refused(words.noCall))
    become({ calls: [talk] })
    phone.hangUp.mockReturnValueOnce(fail('not_allowed_now'))
    expect(await obey({ name: 'hangup' })).toEqual(refused(catalogue('en').errors.not_allowed_now))
  })
})

describe('the app', () => {
  it('is shown, and ended where no call is on', async () => {
    const { obey, showWindow, quit, become } = setUp({ calls: [talking()] })
    await obey({ name: 'show' })
    expect(showWindow).toHaveBeenCalled()
    expect(await obey({ name: 'quit' })).toEqual(refused(words.inCall))
    expect(quit).not.toHaveBeenCalled()
    become({ calls: [callView()] })
    expect(await obey({ name: 'quit' })).toEqual(done(words.quitting))
    expect(quit).toHaveBeenCalled()
  })
  it('says how it is, to people and to programs', async () => {
    const { obey } = setUp({ missed: 2, calls: [talking({ muted: true, talk: { ms: 500, since: 400 } })] })
    const said = await obey({ name: 'status' })
    expect(said).toEqual({
      outcome: 'done',
      text: 'Signed in as Sara (101) on https://example.org\nOnline\n2 missed calls\nReza (102): In call, 0:01, muted',
      status: {
        account: 'signedIn',
        username: '101',
        server: 'https://example.org',
        connected: true,
        doNotDisturb: 'off',
        missed: 2,
        calls: [
          {
            username: '102',
            name: 'Reza',
            direction: 'inbound',
            status: 'conversation',
            talking: true,
            muted: true,
            held: false,
            talkMs: 1_100
          }
        ]
      }
    })
  })
  it('says that nobody is signed in', async () => {
    const { obey } = setUp({
      account: { state: 'signedOut', lastServer: '', error: null },
      link: { state: 'initialized' }
    })
    expect(await obey({ name: 'status' })).toMatchObject({ text: 'Signed out\nNo calls' })
  })
})
