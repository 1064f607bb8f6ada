// Which errors of a database mean "wait for it", and which blame the statement.
import { describe, expect, it } from 'vitest'
import { isAway, isUniqueViolation, StoreUnavailable, whileThere } from '../../../../server/store/away.ts'

const coded = (code: string): Error => Object.assign(new Error('x'), { code })

describe('isAway', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ENOENT',
    '57P01',
    '57P03',
    '08006',
    '53300',
    '53100',
    '57014',
    '25006'
  ])('%s: wait', (code) => {
    expect(isAway(coded(code))).toBe(true)
  })
  it.each(['23505', '22P05', '42P01', '23502'])('%s: the statement is wrong', (code) => {
    expect(isAway(coded(code))).toBe(false)
  })
  it('waits for a connection that broke without a code, and not for a bug', () => {
    expect(isAway(new Error('Connection terminated unexpectedly'))).toBe(true)
    expect(isAway(new TypeError('x is undefined'))).toBe(false)
  })
  it('tells a unique violation', () => {
    expect(isUniqueViolation(coded('23505'))).toBe(true)
    expect(isUniqueViolation(coded('EPIPE'))).toBe(false)
  })
})

describe('whileThere', () => {
  it('turns an absent database into StoreUnavailable and leaves other errors as they are', async () => {
    await expect(whileThere(() => Promise.reject(coded('ECONNREFUSED')))).rejects.toBeInstanceOf(StoreUnavailable)
    await expect(whileThere(() => Promise.reject(coded('42601')))).rejects.not.toBeInstanceOf(StoreUnavailable)
  })
})
