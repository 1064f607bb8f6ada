// What is kept of reads: found at once, read anew behind, and never older than what was changed here.
import { describe, expect, it, vi } from 'vitest'
import { createKept } from '../../../../server/store/kept.ts'

const minuteMs = 60_000

const make = () => {
  let now = 0
  const failed = vi.fn()
  const kept = createKept<string>({ now: () => now }, failed)
  const reads: string[] = []
  const reading = (value: string | null) => () => {
    reads.push(String(value))
    return Promise.resolve(value)
  }
  const pass = (ms: number) => {
    now += ms
  }
  return { kept, failed, reads, reading, pass }
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
    expect(await kept.find('a', reading('two'))).toBe('one')
    expect(await kept.find('a', reading('three'))).toBe('two')
    expect(reads).toEqual(['one', 'two'])
  })

  it('stays where it cannot be read any more, which is told', async () => {
    const { kept, failed, reading, pass } = make()
    await kept.find('a', reading('one'))
    pass(minuteMs)
    const away = new Error('away')
    expect(await kept.find('a', () => Promise.reject(away))).toBe('one')
    expect(await kept.find('a', reading('two'))).toBe('one')
    expect(failed).toHaveBeenCalledExactlyOnceWith(away)
  })

  it('is given up where it is not there any more', async () => {
    const { kept, reading, pass } = make()
    await kept.find('a', reading('one'))
    pass(minuteMs)
    await kept.find('a', reading(null))
    expect(await kept.find('a', reading('two'))).toBe('two')
  })

  it('is each key’s own', async () => {
    const { kept, reading } = make()
    await kept.find('a', reading('one'))
    expect(await kept.find('b', reading('two'))).toBe('two')
    kept.keep('c', 'three')
    expect(await kept.find('c', reading('four'))).toBe('three')
  })
})

describe('what is not there', () => {
  it('is read each time', async () => {
    const { kept, reading } = make()
    expect(await kept.find('a', reading(null))).toBeNull()
    expect(await kept.find('a', reading('one'))).toBe('one')
  })

  it('and cannot be read is the asker’s to know', async () => {
    const { kept, failed } = make()
    await expect(kept.find('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect(failed).not.toHaveBeenCalled()
  })
})

describe('what was changed', () => {
  it('counts from its renewal on', async () => {
    const { kept, reading } = make()
    await kept.find('a', reading('before'))
    await kept.renew('a', reading('after'))
    expect(await kept.find('a', reading('other'))).toBe('after')
  })

  it('is not undone by a reading that had begun before it', async () => {
    const { kept, reading } = make()
    let answer = (_: string): void => undefined
    const slow = new Promise<string>((resolve) => {
      answer = resolve
    })
    const found = kept.find('a', () => slow)
    await kept.renew('a', reading('after'))
    answer('before')
    expect(await found).toBe('before')
    expect(await kept.find('a', reading('other'))).toBe('after')
  })
})

it('keeps the twenty thousand that were read last', async () => {
  const { kept, reads, reading } = make()
  for (let i = 0; i <= 20_000; i++) kept.keep(String(i), 'kept')
  expect(await kept.find('1', reading('read'))).toBe('kept')
  expect(reads).toEqual([])
  expect(await kept.find('0', reading('read'))).toBe('read')
})
