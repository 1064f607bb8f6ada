// What is asked before quitting ends a call, and that it is asked once.
import { describe, expect, it } from 'vitest'
import { createEmitter } from '../../../../common/emitter.ts'
import type { AppSnapshot } from '../../../../common/snapshot.ts'
import { createCarefulQuit, quitQuestion, type QuitQuestion } from '../../../../main/shell/quit-question.ts'
import { callView, only, snapshotOf, talking } from './fixtures.ts'

describe('before quitting', () => {
  it('nothing is asked where no call of this person would end', () => {
    expect(quitQuestion(snapshotOf())).toBeNull()
    expect(quitQuestion(snapshotOf({ calls: [callView({ can: only('answer', 'decline') })] }))).toBeNull()
  })

  it('the call is named, or the calls are counted, in both languages', () => {
    const one = [talking()]
    const two = [talking(), talking({ session: 's2' })]
    expect(quitQuestion(snapshotOf({ calls: one }))?.message).toContain(one[0]?.peer.names.en)
    expect(quitQuestion(snapshotOf({ calls: two }))).toMatchObject({ message: 'You are in 2 calls.' })
    expect(quitQuestion(snapshotOf({ locale: 'fa', calls: two }))).toMatchObject({ message: 'در ۲ تماس هستید.' })
  })
})

const setUp = (before: AppSnapshot['calls']) => {
  let calls = before
  const changes = createEmitter<undefined>(() => undefined)
  const asked: QuitQuestion[] = []
  let answer: (wanted: boolean) => void = () => undefined
  let quits = 0
  let listeners = 0
  const model = {
    snapshot: () => snapshotOf({ calls }),
    onChanged: (listener: () => void) => {
      listeners += 1
      const stop = changes.on(listener)
      return () => {
        listeners -= 1
        stop()
      }
    }
  }
  const quit = createCarefulQuit(model, {
    ask: (question, over) => {
      asked.push(question)
      return new Promise((resolve) => {
        answer = resolve
        over.addEventListener('abort', () => {
          resolve(false)
        })
      })
    },
    quit: () => {
      quits += 1
    }
  })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  const say = (wanted: boolean) => {
    answer(wanted)
    return settled()
  }
  const become = (next: AppSnapshot['calls']) => {
    calls = next
    changes.emit(undefined)
    return settled()
  }
  return { quit, asked, say, become, quits: () => quits, listeners: () => listeners }
}

it('quits at once without a call', () => {
  const { quit, asked, quits } = setUp([])
  quit()
  expect([asked.length, quits()]).toEqual([0, 1])
})

it('asks once at a time, and quits only on a yes', async () => {
  const { quit, asked, say, quits } = setUp([talking()])
  quit()
  quit()
  expect(asked).toHaveLength(1)
  await say(false)
  expect(quits()).toBe(0)
  quit()
  expect(asked).toHaveLength(2)
  await say(true)
  expect(quits()).toBe(1)
})

it('asks no longer, and quits, when what it asked about is over', async () => {
  const { quit, become, quits } = setUp([talking(), talking({ session: 's2' })])
  quit()
  await become([talking()])
  expect(quits()).toBe(0)
  await become([])
  expect(quits()).toBe(1)
})

it('the end of a call after a no changes nothing', async () => {
  const { quit, say, become, quits, listeners } = setUp([talking()])
  quit()
  await say(false)
  await become([])
  expect([quits(), listeners()]).toEqual([0, 0])
})
