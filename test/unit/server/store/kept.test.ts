// What is kept of reads: found at once, read anew behind, and never believed after it was changed here.
import { describe, expect, it, vi } from 'vitest'
import { minuteMs } from '../../../../common/time.ts'
import { StoreUnavailable } from '../../../../server/store/away.ts'
import { createKept } from '../../../../server/store/kept.ts'

const make = (alsoBy: (value: string) => readonly string[] = () => []) => {
  let now = 0
  const error = vi.fn()
  const unused = () => undefined
  const log = { error, warn: unused, info: unused, debug: unused, with: () => log }
  const kept = createKept<string>({ alsoBy, clock: { now: () => now }, log })
  const reads: string[] = []
  const reading = (value: string | null) => () => {
    reads.push(String(value))
    return Promise.resolve(value)
  }
  const pass = (ms: number) => {
    now += ms
  }
  return { kept, error, reads, reading, pass }
}
const away = () => Promise.reject(new StoreUnavailable('no connection'))

/** A read that takes until it is answered. */
const slow = () => {
  let answer = (_: string): void => undefined
  const read = () =>
    new Promise<string>((resolve) => {
      answer = resolve
    })
  return { read, answer: (value: string) => answer(value) }
}

describe('what was read', () => {
  it('is found without reading, for a minute', async () => {
    const { kept, reads, reading, pass } = make()
    expect(await kept.find('a', reading('one'))).toBe('one')
    pass(minuteMs - 1)
    expect(await kept.find('a', reading('two'))).toBe('one')
    expect(reads).toEqual(['one'])
  })

  it('is found at once after that too, and read anew behind, once', async () => {
    const { kept, reads, reading, pass } = make()
    await kept.find('a', reading('one'))
    pass(minuteMs)
    const behind = slow()
    expect(await kept.find('a', behind.read)).toBe('one')
    expect(await kept.find('a', reading('three'))).toBe('one')
    behind.answer('two')
    await vi.waitFor(async () => expect(await kept.find('a', reading('three'))).toBe('two'))
    expect(reads).toEqual(['one'])
  })

  it('is waited for once it is ten minutes old, and given all the same where it cannot be read', async () => {
    const { kept, error, reading, pass } = make()
    await kept.find('a', reading('one'))
    pass(10 * minuteMs)
    expect(await kept.find('a', away)).toBe('one')
    expect(error, 'the database will be back').not.toHaveBeenCalled()
    expect(await kept.find('a', () => Promise.reject(new Error('no such column')))).toBe('one')
    expect(error).toHaveBeenCalledOnce()
    expect(await kept.find('a', reading('two'))).toBe('two')
  })

  it('stays where it cannot be read anew behind; what is wrong with the question is logged', async () => {
    const { kept, error, reading, pass } = make()
    await kept.find('a', reading('one'))
    pass(minuteMs)
    expect(await kept.find('a', () => Promise.reject(new Error('no such column')))).toBe('one')
    expect(await kept.find('a', reading('two'))).toBe('one')
    expect(error).toHaveBeenCalledOnce()
    pass(minuteMs)
    expect(await kept.find('a', away)).toBe('one')
    expect(await kept.find('a', reading('two'))).toBe('one')
    expect(error).toHaveBeenCalledOnce()
  })

  it('is given up where it is not there any more', async () => {
    const { kept, reading, pass } = make()
    await kept.find('a', reading('one'))
    pass(10 * minuteMs)
    expect(await kept.find('a', reading(null))).toBeNull()
    expect(await kept.find('a', reading('two'))).toBe('two')
  })

  it('is each key’s own, and found by its other keys too', async () => {
    const { kept, reads, reading } = make((value) => [`name of ${value}`])
    expect(await kept.find('a', reading('one'))).toBe('one')
    expect(await kept.find('b', reading('two'))).toBe('two')
    expect(await kept.find('name of one', reading('three'))).toBe('one')
    expect(reads).toEqual(['one', 'two'])
  })
})

describe('what is not there', () => {
  it('is read each time', async () => {
    const { kept, reading } = make()
    expect(await kept.find('a', reading(null))).toBeNull()
    expect(await kept.find('a', reading('one'))).toBe('one')
  })

  it('and cannot be read is the asker’s to know', async () => {
    const { kept } = make()
    await expect(kept.find('a', away)).rejects.toThrow('no connection')
  })
})

describe('what is doubted', () => {
  it('is read and waited for, and given all the same where it cannot be read', async () => {
    const { kept, reading } = make()
    await kept.find('a', reading('before'))
    kept.doubt('a')
    expect(await kept.find('a', away)).toBe('before')
    expect(await kept.find('a', reading('after'))).toBe('after')
    expect(await kept.find('a', reading('other'))).toBe('after')
  })

  it.each([true, false])('is not believed of a reading that had begun before (kept then: %s)', async (isKept) => {
    const { kept, reading, pass } = make()
    if (isKept) await kept.find('a', reading('first'))
    pass(10 * minuteMs)
    const begun = slow()
    const found = kept.find('a', begun.read)
    kept.doubt('a')
    begun.answer('before')
    expect(await found).toBe('before')
    expect(await kept.find('a', reading('after'))).toBe('after')
  })
})

it('of two readings the one that began later counts', async () => {
  const { kept, reading } = make()
  const earlier = slow()
  const found = kept.find('a', earlier.read)
  await kept.find('a', reading('later'))
  earlier.answer('earlier')
  expect(await found).toBe('earlier')
  expect(await kept.find('a', reading('other'))).toBe('later')
})

it('keeps the twenty thousand that were read last', async () => {
  const { kept, reads, reading } = make()
  for (let i = 0; i <= 20_000; i++) await kept.find(String(i), () => Promise.resolve('kept'))
  expect(await kept.find('1', reading('read'))).toBe('kept')
  expect(reads).toEqual([])
  expect(await kept.find('0', reading('read'))).toBe('read')
})
