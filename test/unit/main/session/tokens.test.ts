// Tokens: renewed before their end, kept before they are used, asked for once, and what a lost answer does (nothing).
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { fail, ok, type Failure, type Result } from '../../../../common/result.ts'
import { minuteMs } from '../../../../common/time.ts'
import { createTokens, type TokenPair } from '../../../../main/session/tokens.ts'
import { createFakeClock, settled } from '../call/fake-clock.ts'

/** The server's clock is an hour ahead. */
const aheadMs = 60 * minuteMs

const start = () => {
  const clock = createFakeClock()
  const log: string[] = []
  const refusals: Failure[] = []
  let answer: 'good' | 'lost' | 'refused' = 'good'
  let made = 0
  const give =
    (how: string) =>
    (refreshToken: string): Promise<Result<TokenPair>> => {
      log.push(`${how} ${refreshToken}`)
      if (answer === 'lost') return Promise.resolve(fail('timeout'))
      if (answer === 'refused') return Promise.resolve(fail('unauthenticated'))
      made += 1
      return Promise.resolve(
        ok({
          accessToken: `access${made}`,
          refreshToken: `refresh${made}`,
          accessExpiresAt: clock.now() + aheadMs + 15 * minuteMs
        })
      )
    }
  const tokens = createTokens({
    clock,
    log: silentLogger,
    refresh: give('refresh'),
    renew: give('renew'),
    keep: async (refreshToken) => {
      await Promise.resolve()
      log.push(`keep ${refreshToken}`)
    },
    onRefused: (error) => refusals.push(error)
  })
  const access = async () => {
    const result = await tokens.access()
    log.push(result.ok ? `use ${result.value}` : result.error.code)
  }
  const welcome = () =>
    tokens.welcomed({ now: clock.now() + aheadMs, accessExpiresAt: clock.now() + aheadMs + 15 * minuteMs })
  return { clock, log, refusals, tokens, access, welcome, set: (next: typeof answer) => (answer = next) }
}

describe('tokens', () => {
  it('after a start of the app: refreshes once for all who ask, keeps, then uses', async () => {
    const { tokens, log, access } = start()
    tokens.start({ refreshToken: 'stored', pair: null })
    await Promise.all([access(), access()])
    await access()
    expect(log).toEqual(['refresh stored', 'keep refresh1', 'use access1', 'use access1', 'use access1'])
  })

  it('renews in band two minutes before the end, on the server’s clock, again and again', async () => {
    const { clock, tokens, log, access, welcome } = start()
    tokens.start({ refreshToken: '', pair: { accessToken: 'a', refreshToken: 'r', accessExpiresAt: 0 } })
    await access()
    welcome()
    clock.advance(13 * minuteMs - 1)
    expect(log).toEqual(['use a'])
    clock.advance(1)
    await settled()
    expect(log.slice(1)).toEqual(['renew r', 'keep refresh1'])
    clock.advance(13 * minuteMs)
    await settled()
    expect(log.slice(3)).toEqual(['renew refresh1', 'keep refresh2'])
  })

  it('a lost answer is asked for again with the same refresh token', async () => {
    const { clock, tokens, log, access, welcome, set } = start()
    tokens.start({ refreshToken: '', pair: { accessToken: 'a', refreshToken: 'r', accessExpiresAt: 0 } })
    welcome()
    set('lost')
    clock.advance(13 * minuteMs)
    await settled()
    tokens.lost()
    clock.advance(5 * minuteMs)
    await settled()
    await access()
    set('good')
    await access()
    expect(log).toEqual(['renew r', 'refresh r', 'timeout', 'refresh r', 'keep refresh1', 'use access1'])
  })

  it('tries again in band after a while, and not without a connection', async () => {
    const { clock, tokens, log, welcome, set } = start()
    tokens.start({ refreshToken: '', pair: { accessToken: 'a', refreshToken: 'r', accessExpiresAt: 0 } })
    welcome()
    set('lost')
    clock.advance(13 * minuteMs)
    await settled()
    clock.advance(10_000)
    await settled()
    expect(log).toEqual(['renew r', 'renew r'])
    tokens.lost()
    expect(clock.pending()).toBe(0)
  })

  it('a refused refresh ends the sign-in', async () => {
    const { tokens, log, access, refusals, set } = start()
    tokens.start({ refreshToken: 'stored', pair: null })
    set('refused')
    await access()
    expect(log).toEqual(['refresh stored', 'unauthenticated'])
    expect(refusals).toEqual([{ code: 'unauthenticated' }])
  })

  it('a token that the server did not take is not used again', async () => {
    const { tokens, log, access } = start()
    tokens.start({ refreshToken: '', pair: { accessToken: 'a', refreshToken: 'r', accessExpiresAt: 0 } })
    tokens.refused('another')
    await access()
    tokens.refused('a')
    await access()
    expect(log).toEqual(['use a', 'refresh r', 'keep refresh1', 'use access1'])
  })

  it('an answer that comes after the sign-out is not used', async () => {
    const { tokens, log, access } = start()
    tokens.start({ refreshToken: 'stored', pair: null })
    const asked = access()
    tokens.stop()
    await asked
    expect(log).toEqual(['refresh stored', 'cancelled'])
    await access()
    expect(log.at(-1)).toBe('not_signed_in')
  })
})
