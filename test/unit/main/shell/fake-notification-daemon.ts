// Stands in for the session bus with a notification daemon on it, and a notifier that shows what it wants there. Fake for
// unit tests only.
import { silentLogger } from '../../../../common/log.ts'
import type { AppSnapshot } from '../../../../common/snapshot.ts'
import type { ShellAction } from '../../../../main/shell/actions.ts'
import { createLinuxPresenter } from '../../../../main/shell/notifier/linux.ts'
import { createNotifier, type Presenter } from '../../../../main/shell/notifier/notifier.ts'
import { wantedNotifications as wantedWhere } from '../../../../main/shell/notifier/wanted.ts'
import type { BusSignal, SessionBus } from '../../../../main/shell/session-bus.ts'
import { callView, settle, snapshotOf } from './fixtures.ts'

export const incoming = snapshotOf({ calls: [callView()] })
/** As long as the page is there. */
export const wantedNotifications = (snapshot: AppSnapshot) => wantedWhere(snapshot, false)
const service = '/org/freedesktop/Notifications'
type Call = { readonly member: string; readonly body: readonly unknown[] }
type Late = ((body: readonly unknown[]) => void) | undefined
export const createFakeBus = (capabilities: readonly string[] = ['actions', 'body', 'body-markup']) => {
  const calls: Call[] = []
  let owner: string | null = ':1.5'
  let nextId = 1
  let isSlow = false
  /** Answers that come after their deadline, in the order of the calls. */
  const late: (() => void)[] = []
  const owners: ((owner: string | null) => void)[] = []
  const signals: ((signal: BusSignal) => void)[] = []
  const bus: SessionBus = {
    call: async ({ member, body = [] }, _deadlineMs, onLate?: Late) => {
      calls.push({ member, body })
      if (isSlow && member === 'Notify') {
        const id = body[1] === 0 ? nextId++ : body[1]
        late.push(() => onLate?.([id]))
        throw new Error('no answer in time')
      }
      if (owner === null) throw new Error('ServiceUnknown')
      if (member === 'GetCapabilities') return [capabilities]
      if (member === 'Notify') return [body[1] === 0 ? nextId++ : body[1]]
      return []
    },
    watchOwner: async (_name, listener) => {
      owners.push(listener)
      listener(owner)
    },
    onSignal: async (_address, listener) => void signals.push(listener),
    emit: () => undefined,
    close: () => undefined
  }
  return {
    bus,
    calls,
    late,
    setSlow: (slow: boolean) => {
      isSlow = slow
    },
    of: (member: string) => calls.filter((call) => call.member === member),
    setOwner: (next: string | null) => {
      owner = next
      owners.forEach((listener) => listener(next))
    },
    signal: (member: string, id: number, value: unknown, sender = ':1.5') =>
      signals.forEach((listener) =>
        listener({ sender, path: service, interface: 'org.freedesktop.Notifications', member, body: [id, value] })
      )
  }
}
export const setUp = async (fake = createFakeBus(), openBus = async () => fake.bus) => {
  const acted: ShellAction[] = []
  const shown: string[] = []
  const plain: string[] = []
  const fallback: Presenter = {
    show: async ({ key }) => {
      plain.push(key)
      return true
    },
    withdraw: (key) => void plain.push(`-${key}`),
    close: () => Promise.resolve()
  }
  const notifier = createNotifier({
    makePresenter: (events) =>
      createLinuxPresenter({ openBus, fallback, events, icon: '/icon.png', log: silentLogger }),
    act: (action) => acted.push(action),
    shown: (session) => shown.push(session),
    log: silentLogger
  })
  await settle()
  const update = async (snapshot: typeof incoming) => {
    notifier.update(wantedNotifications(snapshot))
    await settle()
  }
  return { ...fake, acted, shown, plain, update, notifier }
}
