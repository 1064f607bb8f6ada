// Links from the question to the end of the call that was joined, over a fake session and a fake phone.
import { describe, expect, it } from 'vitest'
import type { JoinResult } from '../../../../common/links.ts'
import { ok } from '../../../../common/result.ts'
import { guestWaitMs } from '../../../../main/links/links.ts'
import { settled } from '../call/fake-clock.ts'
import {
  callOf,
  code,
  guest,
  joinLink,
  lost,
  sara,
  server,
  signedIn,
  signedOut,
  startFakeLinks as start
} from './fake-links.ts'

describe('a link is a question', () => {
  it('and nothing is done without the person, whatever it is', async () => {
    const { links, did, clock } = start(signedIn, undefined, [callOf('join')])
    for (const link of [joinLink, 'tel:101', 'tamas://nothing', 'tel:']) links.open(link)
    clock.advance(10 * guestWaitMs)
    await settled()
    expect(did).toEqual([])
  })

  it('a number is dialled once it is confirmed', async () => {
    const { links, did, confirm } = start(signedIn)
    links.open('tel:102')
    expect(links.question()).toEqual({ id: 'q1', kind: 'dial', to: '102', extension: null, step: 'ask', trouble: null })
    expect(await confirm()).toEqual(ok({}))
    expect([did, links.question()]).toEqual([['dial 102'], null])
  })

  it('a dialling that is refused says why, and can be tried again', async () => {
    const { links, did, confirm, become } = start(signedIn)
    links.open('tel:102')
    become({ refuses: 'disconnected' })
    await confirm()
    expect(links.question()).toMatchObject({ step: 'ask', trouble: 'disconnected' })
    become({ refuses: null })
    await confirm()
    expect([did, links.question()]).toEqual([['dial 102', 'dial 102'], null])
  })

  it('who is signed out is asked again after signing in', async () => {
    const { links, did, confirm, become } = start(signedOut)
    links.open('tel:102')
    expect(links.question()).toMatchObject({ step: 'signIn' })
    await confirm()
    expect([did, links.question()]).toEqual([[], null])
    become({ account: signedIn })
    expect(links.question()).toMatchObject({ kind: 'dial', step: 'ask' })
    await confirm()
    expect(did).toEqual(['dial 102'])
  })

  it('a newer link takes the place of an older, whose answer counts no more', async () => {
    const { links, did, id } = start(signedIn)
    links.open('tel:101')
    const first = id()
    links.open('tel:102')
    expect(await links.confirm(first)).toMatchObject({ error: { code: 'stale' } })
    expect(links.dismiss(first)).toMatchObject({ error: { code: 'stale' } })
    expect(links.question()).toMatchObject({ to: '102' })
    expect(links.dismiss(id())).toEqual(ok({}))
    expect([did, links.question()]).toEqual([[], null])
  })

  it('what can not be read is told, and nothing can be confirmed', async () => {
    const { links, confirm } = start(signedIn)
    links.open('tamas://join?server=http%3A%2F%2Fa.example&call=n1.c1&code=' + code)
    expect(links.question()).toEqual({ id: 'q1', kind: 'fault', fault: 'insecure' })
    expect(await confirm()).toMatchObject({ error: { code: 'not_allowed_now' } })
  })

  it('no line of the log holds the code, the call or the number', async () => {
    const { links, logged, joined } = start(signedOut)
    links.open(joinLink)
    await joined('access_denied')
    links.open('tel:5550199')
    links.open(`${joinLink}#`)
    expect(logged.length).toBeGreaterThan(2)
    for (const secret of [code, 'n1.c1', '5550199', 'calls.example']) expect(logged.join('\n')).not.toContain(secret)
  })
})

describe('a call of somebody who is signed in', () => {
  it.each([
    ['join', 'join s-n1.c1'],
    ['answer', 'answer s-n1.c1']
  ] as const)('that is here is taken with the own sign-in: %s', async (can, deed) => {
    const { links, did, confirm } = start(signedIn, undefined, [callOf(can)])
    links.open(joinLink)
    expect(links.question()).toMatchObject({ kind: 'join', step: 'ask', peer: sara, known: true })
    await confirm()
    expect([did, links.question()]).toEqual([[deed], null])
  })

  it('that goes on here is only shown', async () => {
    const { links, did, confirm } = start(signedIn, undefined, [callOf('hangUp', 'n1.c1', 'conversation')])
    links.open(joinLink)
    await confirm()
    expect([did, links.question()]).toEqual([[], null])
  })

  it.each([
    ['is none of theirs', 'notHere', signedIn, [callOf('join', 'n1.other')]],
    ['is over', 'notHere', signedIn, [callOf('hangUp', 'n1.c1', 'finished')]],
    ['is on another server', 'otherAccount', { ...signedIn, server: 'https://other.example' }, [callOf('join')]]
  ] as const)('that %s costs no code: sign out first', async (_what, step, account, calls) => {
    const { links, did, confirm } = start(account, undefined, calls)
    links.open(joinLink)
    expect(links.question()).toMatchObject({ step })
    expect(await confirm()).toMatchObject({ error: { code: 'not_allowed_now' } })
    expect(did).toEqual([])
  })

  it('of their own that has not begun yet becomes a question once it is there', () => {
    const { links, become } = start(signedIn, undefined, [])
    links.open(joinLink)
    expect(links.question()).toMatchObject({ step: 'notHere', peer: null })
    become({ calls: [callOf('answer')] })
    expect(links.question()).toMatchObject({ step: 'ask', peer: sara })
  })

  it('is waited for while the server is not reached yet', async () => {
    const { links, did, confirm, become } = start(signedIn, lost)
    links.open(joinLink)
    expect(links.question()).toMatchObject({ step: 'connecting' })
    expect(await confirm()).toMatchObject({ error: { code: 'not_allowed_now' } })
    become({ link: { state: 'joined' }, calls: [callOf('join')] })
    expect(links.question()).toMatchObject({ step: 'ask' })
    await confirm()
    expect(did).toEqual(['join s-n1.c1'])
  })
})

describe('somebody who is not signed in', () => {
  it('is asked first, spends the code once, and is in the call with the first welcome', async () => {
    const { links, did, joined, become } = start({
      state: 'signedOut',
      lastServer: 'https://home.example',
      lastUsername: '',
      error: null
    })
    links.open(joinLink)
    expect(links.question()).toMatchObject({ kind: 'join', server, known: false, step: 'ask', peer: null })
    await joined()
    expect(links.question()).toBeNull()
    become({ link: { state: 'joined' }, calls: [callOf('join')] })
    become({ calls: [callOf('join')] })
    expect(did).toEqual([`spend ${code} at ${server}`, 'join s-n1.c1'])
  })

  it('answers as the receptor where the call waits already; one that comes later rings', async () => {
    const early = start(signedOut)
    early.links.open(joinLink)
    await early.joined()
    early.become({ link: { state: 'joined' }, calls: [callOf('answer')] })
    expect(early.did.at(-1)).toBe('answer s-n1.c1')
    const late = start(signedOut)
    late.links.open(joinLink)
    await late.joined()
    late.become({ link: { state: 'joined' } })
    late.become({ calls: [callOf('answer')] })
    expect(late.did).toHaveLength(1)
  })

  it('is signed out when the call is over and has been shown, and is told', async () => {
    const { links, did, joined, become } = start(signedOut)
    links.open(joinLink)
    await joined()
    become({ link: { state: 'joined' }, calls: [callOf('join')] })
    become({ calls: [callOf('hangUp', 'n1.c1', 'finished')] })
    expect(did).not.toContain('sign out')
    become({ calls: [] })
    expect(did.at(-1)).toBe('sign out')
    expect(links.question()).toMatchObject({ kind: 'left', began: true })
    become({ account: { state: 'signingIn', server, username: '101' } })
    expect(links.question()).toBeNull()
  })

  it('does not wait for ever for a call that never comes', async () => {
    const { links, did, clock, joined, become } = start(signedOut)
    links.open(joinLink)
    await joined()
    become({ link: { state: 'joined' } })
    clock.advance(guestWaitMs - 1)
    expect(did).not.toContain('sign out')
    clock.advance(1)
    expect(did.at(-1)).toBe('sign out')
    expect(links.question()).toMatchObject({ kind: 'left', began: false })
    expect(clock.pending()).toBe(0)
  })

  it.each<[JoinResult, boolean]>([
    ['sdk_version_not_supported', false],
    ['access_denied', false],
    ['invalid_call', false],
    ['call_session_finished', false],
    ['failed_to_connect', true],
    ['unknown_error', true]
  ])('is told of %s; trying again: %s', async (result, again) => {
    const { links, did, joined, confirm } = start(signedOut)
    links.open(joinLink)
    await joined(result)
    expect(links.question()).toEqual({ id: 'q1', kind: 'notJoined', server, result })
    if (again) await joined()
    else expect(await confirm()).toMatchObject({ error: { code: 'not_allowed_now' } })
    expect(did).toHaveLength(again ? 2 : 1)
  })

  it('who cancels while the server is asked is in no call', async () => {
    const { links, did, confirm, answers, id, become } = start(signedOut)
    links.open(joinLink)
    const confirmed = confirm()
    expect(links.question()).toMatchObject({ step: 'joining' })
    links.open('tel:101')
    expect(links.question(), 'no other question meanwhile').toMatchObject({ step: 'joining' })
    links.dismiss(id())
    answers()
    await confirmed
    become({ link: { state: 'joined' }, calls: [callOf('join')] })
    expect(did).toEqual([`spend ${code} at ${server}`, 'sign out'])
    expect(links.question()).toBeNull()
  })

  it('is told what the server said where it does not let the new sign-in in', async () => {
    const { links, did, joined, become } = start(signedOut)
    links.open(joinLink)
    await joined()
    become({ link: { state: 'failed', error: { code: 'sdk_version_not_supported' } } })
    expect(did.at(-1)).toBe('sign out')
    expect(links.question()).toMatchObject({ kind: 'notJoined', result: 'sdk_version_not_supported' })
  })

  it('who is in such a call already leaves it first', async () => {
    const { links, did, confirm } = start(guest, undefined, [callOf('hangUp', 'n1.c1', 'conversation')])
    links.open(joinLink.replace('n1.c1', 'n1.c2'))
    expect(links.question()).toMatchObject({ step: 'otherCall' })
    expect(await confirm()).toMatchObject({ error: { code: 'not_allowed_now' } })
    links.open('tel:102')
    expect(links.question()).toMatchObject({ kind: 'dial', step: 'otherCall' })
    expect(await confirm()).toMatchObject({ error: { code: 'not_allowed_now' } })
    expect(did).toEqual([])
  })
})
