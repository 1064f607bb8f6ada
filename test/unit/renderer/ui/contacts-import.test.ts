// A file of contacts on its way: what is told of it, that it is saved in parts, and that a failure loses nothing.
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../../common/result.ts'
import type { Contact, ContactsChange } from '../../../../common/types.ts'
import { lookAtFile } from '../../../../renderer/files/look-at-file.ts'
import { ContactsImport, largestFile, type ImportDeps } from '../../../../renderer/state/contacts-import.svelte.ts'

const cards = (count: number) =>
  new Blob(
    Array.from({ length: count }, (_, index) =>
      [
        'BEGIN:VCARD',
        'VERSION:3.0',
        `FN:Person ${String(index)}`,
        `TEL:0912000${String(1_000 + index)}`,
        'END:VCARD\r\n'
      ].join('\r\n')
    )
  )

const importing = (answers: Partial<ImportDeps> = {}) => {
  const saved: ContactsChange[] = []
  const steps = new ContactsImport({
    look: lookAtFile,
    change: async (change) => {
      saved.push(change)
      return ok({ added: change.save.length, changed: 0, removed: 0 })
    },
    ...answers
  })
  return { steps, saved }
}

describe('a file', () => {
  it('is told of before anything is saved', async () => {
    const { steps, saved } = importing()
    const [known] = [{ id: 'k', name: 'Person 0', company: '', numbers: [], emails: [], note: '' } satisfies Contact]
    await steps.look(cards(3), [known])
    expect(steps.now).toMatchObject({ step: 'looking', looked: { plan: { added: 2, changed: 1 } } })
    expect(saved).toEqual([])
  })
  it.each([
    ['unknown', new Blob(['\u0000\u0001'])],
    ['unknown', new Blob([''])],
    ['too_large', { size: largestFile + 1 } as Blob]
  ])('that is %s is told as that', async (problem, file) => {
    const { steps } = importing()
    await steps.look(file, [])
    expect(steps.now).toEqual({ step: 'choosing', problem })
  })
  it('that can’t be read is told as that', async () => {
    const { steps } = importing({ look: async () => Promise.reject(new Error('gone')) })
    await steps.look(cards(1), [])
    expect(steps.now).toEqual({ step: 'choosing', problem: 'unreadable' })
  })
  it('that comes late changes nothing any more', async () => {
    const { steps } = importing()
    const first = steps.look(cards(3), [])
    await steps.look(cards(1), [])
    await first
    expect(steps.now).toMatchObject({ step: 'looking', looked: { plan: { added: 1 } } })
  })
})

describe('saving', () => {
  it('goes in parts that the server takes', async () => {
    const { steps, saved } = importing()
    await steps.look(cards(1_100), [])
    await steps.begin()
    expect(saved.map(({ save }) => save.length)).toEqual([500, 500, 100])
    expect(steps.now).toEqual({ step: 'done', counts: { saved: 1_100, added: 1_100, changed: 0 } })
  })
  it('that fails says how far it came, and goes on from there', async () => {
    const parts: number[] = []
    let away = true
    const { steps } = importing({
      change: async ({ save }) => {
        parts.push(save.length)
        if (away && parts.length === 2) return fail('disconnected')
        return ok({ added: save.length, changed: 0, removed: 0 })
      }
    })
    await steps.look(cards(700), [])
    await steps.begin()
    expect(steps.now).toMatchObject({ step: 'stopped', code: 'disconnected', counts: { saved: 500 } })
    away = false
    await steps.begin()
    expect(steps.now).toMatchObject({ step: 'done', counts: { saved: 700, added: 700 } })
    expect(parts).toEqual([500, 200, 200])
  })
  it('goes no further than its part once it was left', async () => {
    const { steps, saved } = importing()
    await steps.look(cards(1_100), [])
    const whole = steps.begin()
    steps.reset()
    await whole
    expect(saved).toHaveLength(1)
    expect(steps.now).toEqual({ step: 'choosing', problem: null })
  })
})
