// Signing out where the server cannot hear it: nobody waits for it here, and it hears it later.
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import { createFarewell, farewellPausesMs } from '../../../../main/session/farewell.ts'
import { createFakeClock, settled } from '../call/fake-clock.ts'

const start = () => {
  const clock = createFakeClock()
  const asked: string[] = []
  const warned: string[] = []
  const answers: Result<unknown>[] = []
  const next = (): Result<unknown> => answers.shift() ?? ok({})
  const farewell = createFarewell({
    clock,
    log: { ...silentLogger, warn: (text) => warned.push(text) },
    rest: {
      signOut: async (_server, accessToken) => {
        asked.push(`sign out ${accessToken}`)
        return next()
      },
      refresh: async (_server, refreshToken) => {
        asked.push(`refresh ${refreshToken}`)
        const answer = next()
        if (!answer.ok) return answer
        return ok({ accessToken: 'a2', accessExpiresAt: 0, refreshToken: 'r2', refreshExpiresAt: 0 })
      }
    }
  })
  const pass = async (ms: number) => {
    clock.advance(ms)
    await settled()
  }
  return { clock, asked, warned, answers, farewell, pass }
}
const left = { server: 'https://server', accessToken: 'a1', refreshToken: 'r1' }

describe('the server is told of a sign-out', () => {
  it.each(['unavailable', 'failed_to_connect', 'timeout', 'overloaded'] as const)('again after %s', async (code) => {
    const { clock, asked, answers, farewell, pass } = start()
    answers.push(fail(code), fail(code))
    await farewell.say(left)
    expect(asked).toEqual(['sign out a1'])
    await pass(farewellPausesMs[0])
    await pass(farewellPausesMs[1] - 1)
    expect(asked).toHaveLength(2)
    await pass(1)
    expect(asked).toEqual(['sign out a1', 'sign out a1', 'sign out a1'])
    expect(clock.pending()).toBe(0)
  })

  it('with a new token where the old one is missing or too old', async () => {
    const { asked, answers, farewell, clock } = start()
    answers.push(fail('unauthenticated'))
    await farewell.say(left)
    await farewell.say({ ...left, accessToken: null })
    expect(asked).toEqual(['sign out a1', 'refresh r1', 'sign out a2', 'refresh r1', 'sign out a2'])
    expect(clock.pending()).toBe(0)
  })

  it('later by the newest token, which is the only one that is good then', async () => {
    const { asked, answers, farewell, pass } = start()
    answers.push(ok({}), fail('unavailable'), fail('unauthenticated'))
    await farewell.say({ ...left, accessToken: null })
    await pass(farewellPausesMs[0])
    expect(asked).toEqual(['refresh r1', 'sign out a2', 'sign out a2', 'refresh r2', 'sign out a2'])
  })

  it('no more once it is over there, nor after the app is closed', async () => {
    const { asked, warned, answers, farewell, clock } = start()
    answers.push(fail('unauthenticated'), fail('unauthenticated'))
    await farewell.say(left)
    expect([asked.length, clock.pending(), warned]).toEqual([2, 0, []])
    answers.push(fail('unavailable'))
    await farewell.say(left)
    expect(clock.pending()).toBe(1)
    farewell.close()
    expect(clock.pending()).toBe(0)
  })

  it('no more where the app is closed while the server is asked', async () => {
    const { asked, answers, farewell, clock } = start()
    answers.push(fail('unavailable'))
    const said = farewell.say(left)
    farewell.close()
    await said
    expect([asked.length, clock.pending()]).toEqual([1, 0])
  })

  it('and who reads the log is told where it will not hear it', async () => {
    const { warned, answers, farewell, clock } = start()
    answers.push(fail('bad_request'))
    await farewell.say(left)
    expect([warned.length, clock.pending()]).toEqual([1, 0])
  })
})
