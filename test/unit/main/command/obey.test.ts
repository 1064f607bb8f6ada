// What commands do with the calls there are, and what they say. The phone is a fake here.
import { describe, expect, it, vi } from 'vitest'
import { createEmitter } from '../../../../common/emitter.ts'
import { catalogue } from '../../../../common/i18n/index.ts'
import { fail, ok } from '../../../../common/result.ts'
import type { AppSnapshot, CallView } from '../../../../common/snapshot.ts'
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
  const made = (part: Partial<CallView>) =>
    callView({ session: 'new', direction: 'outbound', status: 'trying', can: only('hangUp'), ...part })

  it('says whom as the server names them, or why not', async () => {
    const { obey, phone, become } = setUp()
    const dialled = obey({ name: 'dial', to: '109', patient: false })
    expect(phone.dial).toHaveBeenCalledWith('109')
    become({ calls: [made({ callId: null, status: 'new' })] })
    become({ calls: [made({ callId: 'c9' })] })
    const names = { en: 'Mina', fa: '' }
    become({ calls: [made({ callId: 'c9', status: 'ringing', peer: { userId: 'u9', username: '109', names } })] })
    expect(await dialled).toEqual(done(words.calling('Mina (109)')))
    const own = await obey({ name: 'dial', to: '101', patient: false })
    expect(own).toEqual(refused(catalogue('en').errors.cannot_call_self))
  })
  it('is refused where the call is over at once, with the sentence that the window has', async () => {
    const { errors, call } = catalogue('en')
    const { obey, become } = setUp()
    const unknown = obey({ name: 'dial', to: '999', patient: false })
    const end = { reason: 'unknown', by: 'server', at: 0, outcome: 'unknown' } as const
    become({ calls: [made({ callId: null, status: 'finished', trouble: { code: 'not_found' }, end })] })
    expect(await unknown).toEqual(refused(errors.not_found))

    become({ calls: [] })
    const busy = obey({ name: 'dial', to: '103', patient: false })
    become({ calls: [made({ callId: 'c8' })] })
    await settle()
    become({ calls: [made({ callId: 'c8', status: 'finished', end: { ...end, outcome: 'busy' } })] })
    expect(await busy).toEqual(refused(call.outcome.busy))
  })
  it('is done where the other called in the same moment, and that call goes on', async () => {
    const { obey, become } = setUp()
    const dialled = obey({ name: 'dial', to: '102', patient: false })
    const end = { reason: 'call_received', by: 'server', at: 0, outcome: 'crossed' } as const
    become({ calls: [made({ status: 'finished', end })] })
    expect(await dialled).toMatchObject({ outcome: 'done' })
  })
  it('waits three seconds for the server, and then names them as the directory does', async () => {
    const { obey, clock } = setUp()
    const dialled = obey({ name: 'dial', to: '102', patient: false })
    await settle()
    clock.advance(3_000)
    expect(await dialled).toEqual(done(words.calling('Reza (102)')))
  })
  it('waits for the connection where the app was started for it, but not for ever', async () => {
    const { obey, phone, become, clock } = setUp({ link: { state: 'connected' } })
    const dialled = obey({ name: 'dial', to: '102', patient: true })
    await settle()
    expect(phone.dial).not.toHaveBeenCalled()
    become({})
    await settle()
    become({ calls: [made({ status: 'ringing' })] })
    expect(await dialled).toMatchObject({ outcome: 'done' })

    become({ link: { state: 'initialized' } })
    const inVain = obey({ name: 'dial', to: '102', patient: true })
    await settle()
    clock.advance(joinWithinMs)
    await settle()
    become({ calls: [made({ status: 'ringing' })] })
    await inVain
    expect(phone.dial).toHaveBeenCalledTimes(2)
  })
  it('does not wait where nobody is signed in', async () => {
    const { obey, phone } = setUp({ account: { state: 'signedOut', lastServer: '', lastUsername: '', error: null } })
    void obey({ name: 'dial', to: '102', patient: true })
    await settle()
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
      account: { state: 'signedOut', lastServer: '', lastUsername: '', error: null },
      link: { state: 'initialized' }
    })
    expect(await obey({ name: 'status' })).toMatchObject({ text: 'Signed out\nNo calls' })
  })
})
