// What back ends ask for, with named fakes of store, calls and codes behind it.
import { describe, expect, it } from 'vitest'
import type { CallRequest } from '../../../../common/protocol/back-end.ts'
import { fail, ok, type Failure } from '../../../../common/result.ts'
import { createBackEnd } from '../../../../server/back-end/index.ts'
import type { CallOrders, Calls, User } from '../../../../server/ports.ts'
import { summarise } from '../../../../server/quality/summary.ts'
import type { KeptCall } from '../../../../server/store/call-records.ts'

const shop = { applicationId: 'shop' }
const now = Date.UTC(2026, 0, 2, 3, 4, 5)
type Order = Parameters<CallOrders['createFor']>[0]

const userOf = (applicationId: string, username: string): User => ({
  userId: `${applicationId}-${username}`,
  applicationId,
  username,
  names: { en: username.toUpperCase(), fa: '' },
  kind: 'person'
})

/** What a caller's phone has measured, as the store sums it up. */
const measured = summarise([
  { at: now, spanMs: 6_000, mos: 4, lossIn: 0, lossOut: 0, jitterMs: 2, delayMs: 80, roundTripMs: 30, cause: null }
])

const setUp = () => {
  const people = new Map(
    [userOf('shop', 'mina'), userOf('shop', 'omid'), userOf('bank', 'zal')].map((u) => [u.userId, u])
  )
  const kept = new Map<string, KeptCall & { readonly applicationId: string }>()
  const claims = new Map<string, string>()
  const made = new Map<string, string>()
  const orders: Order[] = []
  const hashed: string[] = []
  const state: { refusal: Failure | null; isOfAnotherNode: boolean } = { refusal: null, isOfAnotherNode: false }

  const sideOf = ({ userId, username, names }: User) => ({ userId, username, names })
  const fakeCalls: CallOrders & Pick<Calls, 'kill'> = {
    createFor: async (order) => {
      orders.push(order)
      if (state.refusal !== null) return { ok: false, error: state.refusal }
      const callId = made.get(order.requestId) ?? `call-${made.size + 1}`
      made.set(order.requestId, callId)
      if (!kept.has(callId)) {
        kept.set(callId, {
          applicationId: order.applicationId,
          callId,
          status: 'new',
          createdAt: now,
          startedAt: null,
          finishedAt: null,
          talkMs: 0,
          end: null,
          caller: sideOf(order.caller),
          receptor: sideOf(order.receptor)
        })
      }
      return ok({ callId })
    },
    kill: async (callId, applicationId) => {
      const call = kept.get(callId)
      if (call?.applicationId !== applicationId || state.isOfAnotherNode) return fail('invalid_call')
      const end = { reason: 'killed', by: 'server', detail: null } as const
      kept.set(callId, { ...call, status: 'finished', finishedAt: now + 1, end })
      return ok({})
    }
  }
  const backEnd = createBackEnd({
    users: { byUsername: async (applicationId, username) => people.get(`${applicationId}-${username}`) ?? null },
    records: {
      list: async (applicationId, wanted) => {
        const own = [...kept.values()].filter((call) => call.applicationId === applicationId)
        return { total: own.length + (wanted.since ?? 0) + (wanted.until ?? 0), calls: own }
      },
      find: async (applicationId, callId) => {
        const call = kept.get(callId)
        if (call?.applicationId !== applicationId) return null
        return {
          call,
          timeline: [{ at: now, kind: 'created', data: { by: 'x' } }],
          quality: {
            caller: { measured, rating: { rating: 'bad', reason: 'echo' } },
            receptor: { measured: null, rating: null }
          }
        }
      },
      claim: async (applicationId, keyHash, bodyHash) => {
        const key = `${applicationId} ${keyHash}`
        claims.set(key, claims.get(key) ?? bodyHash)
        return claims.get(key) === bodyHash
      }
    },
    calls: fakeCalls,
    joins: {
      mintCodes: async ({ callId }) => ({ caller: `c+${callId}`, receptor: `r+${callId}`, expiresAt: now + 60_000 })
    },
    admin: {
      has: async (applicationId, username) => people.has(`${applicationId}-${username}`),
      add: async ({ applicationId, username, names }) => {
        const user = { ...userOf(applicationId, username), names }
        if (people.has(user.userId)) return null
        people.set(user.userId, user)
        return user
      }
    },
    page: async (applicationId) => {
      const users = [...people.values()].filter((user) => user.applicationId === applicationId)
      return { total: users.length, users: users.map((user) => ({ ...user, createdAt: now })) }
    },
    passwords: {
      hash: async (password) => {
        hashed.push(password)
        return { kind: 'scrypt', logN: 1, r: 1, p: 1, salt: '', hash: '' }
      }
    },
    clock: { now: () => now },
    publicUrl: () => 'https://calls.example'
  })
  return { backEnd, orders, hashed, state, kept }
}

const order: CallRequest = { caller: { username: 'mina' }, receptor: { username: 'omid' }, maxDuration: 90 }
const codeOf = (result: { ok: true } | { ok: false; error: Failure }): string => (result.ok ? 'ok' : result.error.code)

describe('an order for a call', () => {
  it('makes it, and gives each side its code and link', async () => {
    const { backEnd, orders } = setUp()
    expect(await backEnd.order(shop, order, null)).toEqual(
      ok({
        id: 'call-1',
        status: 'new',
        createdAt: '2026-01-02T03:04:05.000Z',
        caller: { username: 'mina', joinCode: 'c+call-1' },
        receptor: { username: 'omid', joinCode: 'r+call-1' },
        joinLinks: {
          caller: 'tamas://join?server=https%3A%2F%2Fcalls.example&call=call-1&code=c%2Bcall-1',
          receptor: 'tamas://join?server=https%3A%2F%2Fcalls.example&call=call-1&code=r%2Bcall-1'
        },
        joinCodesExpireAt: '2026-01-02T03:05:05.000Z'
      })
    )
    expect(orders[0]).toMatchObject({ applicationId: 'shop', maxDurationMs: 90_000, caller: { userId: 'shop-mina' } })
  })

  it('makes one call of a key, whatever it says twice, and refuses the key with another body', async () => {
    const { backEnd, orders } = setUp()
    const ids = [await backEnd.order(shop, order, 'k'), await backEnd.order(shop, { ...order }, 'k')]
    expect(ids.map((made) => made.ok && made.value.id)).toEqual(['call-1', 'call-1'])
    for (const other of [
      { ...order, maxDuration: 91 },
      { ...order, receptor: { username: 'nobody' } },
      { caller: order.receptor, receptor: order.caller, maxDuration: 90 }
    ]) {
      expect(codeOf(await backEnd.order(shop, other, 'k'))).toBe('duplicate_request')
    }
    expect(orders).toHaveLength(2)
    expect(orders[0]?.requestId).not.toContain('k ')
    expect(orders[0]?.requestId.length).toBeLessThanOrEqual(64)
    const without = [await backEnd.order(shop, order, null), await backEnd.order(shop, order, null)]
    expect(without.map((made) => made.ok && made.value.id)).toEqual(['call-2', 'call-3'])
  })

  it('names the side that is nobody in this application', async () => {
    const { backEnd, orders } = setUp()
    const told = await backEnd.order(shop, { ...order, receptor: { username: 'zal' } }, null)
    expect(told).toMatchObject({
      ok: false,
      error: { code: 'not_found', detail: expect.stringContaining('receptor zal') as string }
    })
    expect(codeOf(await backEnd.order({ applicationId: 'bank' }, order, null))).toBe('not_found')
    expect(orders).toEqual([])
  })

  it('says in a sentence why the calls refuse it', async () => {
    const { backEnd, state } = setUp()
    state.refusal = { code: 'cannot_call_self' }
    const told = await backEnd.order(shop, order, null)
    expect(told).toMatchObject({
      error: { code: 'cannot_call_self', detail: expect.stringContaining('same endpoint') as string }
    })
    state.refusal = { code: 'overloaded', detail: 'why', retryAfterMs: 5 }
    expect(await backEnd.order(shop, order, null)).toEqual({ ok: false, error: state.refusal })
  })
})

describe('a call', () => {
  it('is shown with its timeline, to its own application', async () => {
    const { backEnd } = setUp()
    await backEnd.order(shop, order, null)
    expect(await backEnd.call(shop, 'call-1')).toMatchObject({
      ok: true,
      value: {
        status: 'new',
        finishReason: null,
        finishedAt: null,
        caller: { id: 'shop-mina', username: 'mina' },
        timeline: [{ at: '2026-01-02T03:04:05.000Z', event: 'created', data: { by: 'x' } }],
        quality: {
          caller: {
            measured: { mos: { mean: 4, lowest: 4 }, series: [{ at: '2026-01-02T03:04:05.000Z', mos: 4 }] },
            rating: { rating: 'bad', reason: 'echo' }
          },
          receptor: { measured: null, rating: null }
        }
      }
    })
    expect(codeOf(await backEnd.call({ applicationId: 'bank' }, 'call-1'))).toBe('invalid_call')
    const query = { page: 0, size: 5, since: '1970-01-01T03:30:01+03:30', until: '1970-01-01T00:00:02Z' }
    const { page, result } = await backEnd.calls(shop, query)
    expect([page, result.map(({ id }) => id)]).toEqual([{ number: 0, size: 5, total: 3_001 }, ['call-1']])
  })

  it('is ended once, by its own application', async () => {
    const { backEnd, kept } = setUp()
    await backEnd.order(shop, order, null)
    expect(codeOf(await backEnd.kill({ applicationId: 'bank' }, 'call-1'))).toBe('invalid_call')
    expect(kept.get('call-1')?.status).toBe('new')
    for (let times = 0; times < 2; times += 1) {
      expect(await backEnd.kill(shop, 'call-1')).toMatchObject({
        ok: true,
        value: { status: 'finished', finishReason: 'killed', finishedBy: 'server' }
      })
    }
  })

  it('that cannot be ended here is not said to be over', async () => {
    const { backEnd, state } = setUp()
    await backEnd.order(shop, order, null)
    state.isOfAnotherNode = true
    expect(codeOf(await backEnd.kill(shop, 'call-1'))).toBe('unavailable')
  })
})

describe('endpoints', () => {
  it('are made once, in their application, with a password or without', async () => {
    const { backEnd, hashed } = setUp()
    expect(await backEnd.addEndpoint(shop, { username: 'zal', names: { fa: 'زال' }, password: 'long enough' })).toEqual(
      ok({ id: 'shop-zal', username: 'zal', names: { en: 'zal', fa: 'زال' }, createdAt: '2026-01-02T03:04:05.000Z' })
    )
    expect(codeOf(await backEnd.addEndpoint(shop, { username: 'zal', names: {}, password: 'long enough' }))).toBe(
      'already_exists'
    )
    expect(codeOf(await backEnd.addEndpoint(shop, { username: 'tara', names: {} }))).toBe('ok')
    expect(hashed).toEqual(['long enough'])
    expect(await backEnd.endpoints(shop, { page: 0, size: 9 })).toMatchObject({
      page: { number: 0, size: 9, total: 4 },
      result: [{ username: 'mina' }, { username: 'omid' }, { username: 'zal' }, { username: 'tara' }]
    })
  })
})
