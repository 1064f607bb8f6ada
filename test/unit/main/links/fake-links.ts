// A fake session and a fake phone behind the real links: what the server answers and what is done is in the test's hand.
import type { ErrorCode } from '../../../../common/errors.ts'
import { createEmitter } from '../../../../common/emitter.ts'
import type { JoinResult } from '../../../../common/links.ts'
import type { LogFields, Logger } from '../../../../common/log.ts'
import { fail, ok } from '../../../../common/result.ts'
import type { AccountState, CallView, LinkState } from '../../../../common/snapshot.ts'
import { createLinks } from '../../../../main/links/links.ts'
import { createFakeClock } from '../call/fake-clock.ts'

export const server = 'https://calls.example'
export const sara = { userId: 'u1', username: '101', names: { en: 'Sara', fa: '' } }
export const code = 'the-secret-code-of-a-minute'
export const joinLink = `tamas://join?server=${encodeURIComponent(server)}&call=n1.c1&code=${code}`
export const signedIn: AccountState = { state: 'signedIn', server, user: sara, remembered: true }
export const guest: AccountState = { state: 'guest', server, user: sara, callId: 'n1.c1' }
export const signedOut: AccountState = { state: 'signedOut', lastServer: '', lastUsername: '', error: null }
export const lost: LinkState = { state: 'disconnected', was: 'never', since: 0, nextTryAt: null }

/** Of a call only what matters here. */
export const callOf = (
  can: 'join' | 'answer' | 'hangUp',
  callId = 'n1.c1',
  status: CallView['status'] = 'new'
): CallView => ({ session: `s-${callId}`, callId, status, peer: sara, can: { [can]: true } }) as unknown as CallView

export const startFakeLinks = (
  account: AccountState,
  state: LinkState = { state: 'joined' },
  calls: readonly CallView[] = []
) => {
  const clock = createFakeClock()
  const changes = createEmitter<undefined>(() => undefined)
  const world = { account, link: state, calls, result: 'success' as JoinResult, refuses: null as ErrorCode | null }
  const did: string[] = []
  const logged: string[] = []
  const write = (message: string, fields?: LogFields) => void logged.push(`${message} ${JSON.stringify(fields ?? {})}`)
  const log: Logger = { error: write, warn: write, info: write, debug: write, with: () => log }
  let answer: () => void = () => undefined
  let ids = 0
  const deed = (name: string) => (key: string) => {
    did.push(`${name} ${key}`)
    return world.refuses === null ? ok({}) : fail(world.refuses)
  }
  const onChanged = (listener: () => void) => changes.on(listener)
  const links = createLinks({
    clock,
    log,
    newId: () => `q${String((ids += 1))}`,
    session: {
      account: () => world.account,
      link: () => world.link,
      onChanged,
      join: (to) => {
        did.push(`spend ${to.code} at ${to.server}`)
        return new Promise((resolve) => {
          answer = () => {
            if (world.result === 'success') become({ account: guest, link: { state: 'initialized' } })
            resolve(world.result)
          }
        })
      },
      signOut: () => {
        did.push('sign out')
        become({ account: signedOut, calls: [] })
        return Promise.resolve(ok({}))
      }
    },
    phone: {
      calls: () => world.calls,
      onChanged,
      dial: (to) => {
        did.push(`dial ${to}`)
        return world.refuses === null ? ok({ session: 's' }) : fail(world.refuses)
      },
      join: deed('join'),
      answer: deed('answer')
    }
  })
  const become = (next: Partial<typeof world>) => {
    Object.assign(world, next)
    changes.emit(undefined)
  }
  const id = () => links.question()?.id ?? ''
  const confirm = () => links.confirm(id())
  /** Presses Join, and lets the server answer. */
  const joined = async (result: JoinResult = 'success') => {
    world.result = result
    const confirmed = confirm()
    answer()
    await confirmed
  }
  return { links, clock, world, did, logged, become, id, confirm, joined, answers: () => answer() }
}
