// Password hashes and tokens: what is stored, what is recognised, what is not told apart.
import { describe, expect, it } from 'vitest'
import { createPasswords } from '../../../../server/identity/passwords.ts'
import { hashToken, mintToken } from '../../../../server/identity/tokens.ts'

const cheap = 10

describe('createPasswords', () => {
  it('stores parameters and a salt of its own, and knows the password again', async () => {
    const passwords = createPasswords(cheap)
    const stored = await passwords.hash('گذرواژه 1')
    const again = await passwords.hash('گذرواژه 1')
    expect(stored).toMatchObject({ kind: 'scrypt', logN: cheap, r: 8, p: 3 })
    expect(again.salt).not.toBe(stored.salt)
    expect(again.hash).not.toBe(stored.hash)
    expect(await passwords.check('گذرواژه 1', stored)).toBe(true)
    expect(await passwords.check('گذرواژه 2', stored)).toBe(false)
  })

  it('takes a text for the same however its accents were typed', async () => {
    const passwords = createPasswords(cheap)
    const stored = await passwords.hash('caf\u00e9')
    expect(await passwords.check('cafe\u0301', stored)).toBe(true)
  })

  it('checks old hashes with their own parameters and calls them outdated', async () => {
    const stored = await createPasswords(cheap).hash('secret')
    const today = createPasswords(cheap + 1)
    expect(await today.check('secret', stored)).toBe(true)
    expect(today.isOutdated(stored)).toBe(true)
    expect(createPasswords(cheap).isOutdated(stored)).toBe(false)
  })

  it('works just as hard for nobody, and says no', async () => {
    const passwords = createPasswords(14)
    const stored = await passwords.hash('secret')
    const time = async (against: typeof stored | null): Promise<number> => {
      const started = process.hrtime.bigint()
      expect(await passwords.check('other', against)).toBe(false)
      return Number(process.hrtime.bigint() - started)
    }
    const somebody = await time(stored)
    // A shortcut would be a thousand times faster; the rest is the machine's other work.
    expect(await time(null)).toBeGreaterThan(somebody / 10)
  })

  it('refuses what is more than a queue of checks', async () => {
    const passwords = createPasswords(cheap)
    const stored = await passwords.hash('secret')
    const results = await Promise.all(Array.from({ length: 80 }, () => passwords.check('secret', stored)))
    expect(results.filter((result) => result === null)).toHaveLength(80 - 2 - 64)
    expect(results.filter((result) => result === true)).toHaveLength(66)
    expect(await passwords.check('secret', stored)).toBe(true)
  })
})

describe('tokens', () => {
  it('are 256 random bits, stored as something else', () => {
    const token = mintToken()
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(mintToken()).not.toBe(token)
    expect(hashToken(token)).not.toContain(token)
    expect(hashToken(token)).toBe(hashToken(token))
  })
})
