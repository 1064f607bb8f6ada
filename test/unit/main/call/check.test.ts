// The talk of a check of calls on the phone: a call to the server and to the media, and none of the person's.
import { expect, it } from 'vitest'
import { wants } from '../../../../main/call/wants.ts'
import { sample } from './sample.ts'
import { changed, fresh, joined, run, snapshot } from './states.ts'
import { only, start } from './two-phones.ts'

/** A check that talks; the fake server has no Echo of its own, so a phone answers. */
const checking = async () => {
  const { world, caller } = start()
  const receptor = world.add('e', '100')
  receptor.connect()
  const dialled = caller.phone.dialCheck('100')
  if (!dialled.ok) throw new Error(dialled.error.code)
  await world.flow()
  const { session } = only(receptor)
  receptor.phone.alertShown(session)
  await world.flow()
  receptor.phone.answer(session)
  await world.flow()
  return { world, caller, receptor, session: dialled.value.session }
}

it('is ordered as any talk, and is nowhere among the calls, in the delegate or in the tone', async () => {
  const { caller, session } = await checking()
  expect(caller.phone.check()).toEqual({ session, status: 'accepted' })
  expect(caller.phone.orders()).toMatchObject([{ session, want: 'talk', microphone: true }])
  expect(caller.requests.find(({ name }) => name === 'call.create')?.data).toEqual({ to: '100', check: true })
  expect([caller.phone.calls(), caller.heard, caller.phone.tone()]).toEqual([[], [], 'none'])
})

it('tells nothing of how it was', async () => {
  const { world, caller, session } = await checking()
  for (let n = 0; n < 6; n += 1) expect(caller.phone.sample(session, sample)).toMatchObject({ ok: false })
  await world.flow()
  expect(caller.requests.filter(({ name }) => name === 'call.metrics')).toEqual([])
})

it('is gone with its end, which is told; and with the page that ran it', async () => {
  for (const end of ['hangUp', 'engineGone'] as const) {
    const { world, caller, receptor, session } = await checking()
    if (end === 'hangUp') caller.phone.hangUp(session)
    else caller.phone.engineGone()
    await world.flow()
    expect([caller.phone.check(), caller.phone.orders(), caller.phone.calls(), caller.heard], end).toEqual([
      null,
      [],
      [],
      []
    ])
    expect(only(receptor).end?.reason, end).toBe('hangup')
  }
})

it('is with Echo alone: nobody is called unseen', async () => {
  const { world, caller, receptor } = start()
  for (const to of ['102', '404'])
    expect(caller.phone.dialCheck(to), to).toMatchObject({ ok: false, error: { code: 'not_found' } })
  await world.flow()
  expect([caller.phone.check(), caller.requests.filter(({ name }) => name === 'call.create')]).toEqual([null, []])
  expect(receptor.phone.calls()).toEqual([])
})

it('does not begin beside a call', async () => {
  const { world, caller } = start()
  caller.phone.dial('102')
  await world.flow()
  expect(caller.phone.dialCheck('100')).toMatchObject({ ok: false, error: { code: 'not_allowed_now' } })
  expect(caller.phone.check()).toBeNull()
})

it('of a run of the app that is gone is hung up', () => {
  const left = snapshot('outbound', 'conversation', 7, 'chosen', { check: true })
  for (const welcome of [{ ...joined, calls: [left], fresh: [fresh] }, changed(left)]) {
    const phone = run([joined, welcome])
    expect(wants(phone).requests.map(({ name }) => name)).toEqual(['call.hangup'])
    expect(wants(phone).orders).toEqual([])
  }
})
