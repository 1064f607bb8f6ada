// How others are, as the server's news add up; and which word the interface has for somebody.
import { expect, it } from 'vitest'
import { withNews } from '../../../../main/store/others.ts'

const news = (whole: boolean, users: Readonly<Record<string, 'available' | 'in_call' | 'offline'>>) => ({
  whole,
  users: Object.entries(users).map(([userId, is]) => ({ userId, is }))
})

it('begins with the whole, and changes that came before it are in it', () => {
  expect(withNews(null, news(false, { a: 'available' }))).toBeNull()
  expect(withNews(null, news(true, { a: 'available' }))).toEqual({ a: 'available' })
})

it('changes those who are named; a new whole forgets who is not', () => {
  const known = { a: 'available', b: 'in_call' } as const
  expect(withNews(known, news(false, { b: 'available', a: 'offline' }))).toEqual({ b: 'available' })
  expect(withNews(known, news(true, { b: 'in_call' }))).toEqual({ b: 'in_call' })
  expect(withNews(known, { whole: false, users: [{ userId: '__proto__', is: 'in_call' }] })).toHaveProperty(
    'a',
    'available'
  )
})
