// Tells phones whether the others of their application can be called now. Gathers changes for a moment, so that a call
// or a restart with many phones makes few messages. Whether a call comes through is decided elsewhere.
import type { DeviceId, UserId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import type { PushData } from '../../common/protocol/socket.ts'
import { type Clock, type EpochMs, secondMs } from '../../common/time.ts'
import type { Availability } from '../../common/types.ts'
import type { Calls, Lists, Presence, Session, Wishes, WishesBook } from '../ports.ts'

/** Changes wait this long for others. */
const gatherMs = 250
/** Who loses the connection may be back in a moment; until then nobody sees them go. */
const lingerMs = 5 * secondMs

type Deps = {
  readonly calls: Pick<Calls, 'talks' | 'onTalk'>
  readonly screening: WishesBook
  readonly presence: Pick<Presence, 'push'>
  readonly clock: Clock
  readonly log: Logger
}

/** More than a directory shows are told to nobody. */
const mostTold = 5_000

/** What everybody was told of a user; `hiddenFrom` sees them offline, as whoever is blocked does. */
type Told = { readonly applicationId: string; readonly is: Availability; readonly hiddenFrom: ReadonlySet<UserId> }

type News = { readonly userId: UserId; readonly applicationId: string; readonly before: Told | undefined }

/** How a user is to that watcher; a change that a watcher sees nothing of is not told either. */
const shown = (about: Told | undefined, watcher: UserId): Availability =>
  about === undefined || about.hiddenFrom.has(watcher) ? 'offline' : about.is

export type AvailabilityNews = {
  /** A device is connected: it is told how everybody is, and the others of its user. */
  readonly come: (session: Session) => void
  readonly leave: (session: Session) => void
  /** What the user wants of calls has changed. */
  readonly wishesChanged: (userId: UserId) => void
  readonly close: () => Promise<void>
}

const availabilityOf = (talks: boolean, { preferences }: Wishes): Availability => {
  if (preferences.doNotDisturb !== 'off') return 'do_not_disturb'
  return talks ? 'in_call' : 'available'
}

export const createAvailabilityNews = ({ calls, screening, presence, clock, log }: Deps): AvailabilityNews => {
  const devices = new Map<UserId, Map<DeviceId, Session>>()
  const wishes = new Map<UserId, Promise<Wishes>>()
  const told = new Map<UserId, Told>()
  const due = new Map<UserId, EpochMs>()
  const newcomers = new Map<DeviceId, Session>()
  let armed: { readonly at: EpochMs; readonly cancel: () => void } | null = null
  let isTelling = false

  const sessionOf = (userId: UserId): Session | null => {
    for (const session of devices.get(userId)?.values() ?? []) return session
    return null
  }

  const tellOne = (to: Session, users: readonly News[], whole: boolean): void => {
    const seen = users
      .filter(({ userId, applicationId }) => userId !== to.userId && applicationId === to.applicationId)
      .map(({ userId, before }) => ({
        userId,
        was: whole ? 'offline' : shown(before, to.userId),
        is: shown(told.get(userId), to.userId)
      }))
      .filter(({ was, is }) => was !== is)
      .map(({ userId, is }) => ({ userId, is }))
      .slice(0, mostTold)
    if (!whole && seen.length === 0) return
    const data: PushData<'availability.changed'> = { whole, users: seen }
    presence.push(to.deviceId, { name: 'availability.changed', data })
  }

  const tell = (changed: readonly News[]): void => {
    const fresh = [...newcomers.values()]
    newcomers.clear()
    const all = fresh.length === 0 ? [] : [...told].map(([userId, of]) => ({ userId, ...of, before: undefined }))
    for (const session of fresh) tellOne(session, all, true)
    const isFresh = new Set(fresh.map(({ deviceId }) => deviceId))
    if (changed.length === 0) return
    for (const own of devices.values()) {
      for (const session of own.values()) if (!isFresh.has(session.deviceId)) tellOne(session, changed, false)
    }
  }

  /** Read once until they change; what is being read when they do is not kept. */
  const wishesOf = (userId: UserId): Promise<Wishes> => {
    const asked = wishes.get(userId) ?? screening.wishes(userId)
    wishes.set(userId, asked)
    return asked
  }

  /** How the user is now, if that is anything new to anybody. */
  const look = async (userId: UserId): Promise<News | null> => {
    const wanted = sessionOf(userId) === null ? null : await wishesOf(userId)
    // They may have gone while the wishes were read.
    const session = sessionOf(userId)
    const before = told.get(userId)
    if (session === null || wanted === null) {
      wishes.delete(userId)
      told.delete(userId)
      return before === undefined ? null : { userId, applicationId: before.applicationId, before }
    }
    const { applicationId } = session
    const is = availabilityOf(calls.talks(userId), wanted)
    told.set(userId, { applicationId, is, hiddenFrom: wanted.blocked })
    return before?.is === is && before.hiddenFrom === wanted.blocked ? null : { userId, applicationId, before }
  }

  const fire = async (): Promise<void> => {
    armed = null
    isTelling = true
    const now = clock.now()
    const looked = [...due].filter(([, at]) => at <= now).map(([userId]) => userId)
    for (const userId of looked) due.delete(userId)
    const news = await Promise.all(looked.map(look))
    tell(news.filter((each) => each !== null))
    isTelling = false
    arm()
  }

  const arm = (): void => {
    const at = Math.min(...due.values(), newcomers.size > 0 ? clock.now() + gatherMs : Infinity)
    if (isTelling || at === Infinity || (armed !== null && armed.at <= at)) return
    armed?.cancel()
    const cancel = clock.at(at, () => {
      fire().catch((error: unknown) => {
        isTelling = false
        log.error('availability could not be told', { error: String(error) })
      })
    })
    armed = { at, cancel }
  }

  const lookIn = (userId: UserId, ms: number): void => {
    due.set(userId, Math.min(due.get(userId) ?? Infinity, clock.now() + ms))
    arm()
  }

  const stopHearing = calls.onTalk((userId) => {
    if (devices.has(userId)) lookIn(userId, gatherMs)
  })

  return {
    come: (session) => {
      // Who came by a join code is there for one call alone.
      if (session.scope !== null) return
      const own = devices.get(session.userId) ?? new Map<DeviceId, Session>()
      devices.set(session.userId, own.set(session.deviceId, session))
      newcomers.set(session.deviceId, session)
      lookIn(session.userId, gatherMs)
    },
    leave: ({ userId, deviceId }) => {
      newcomers.delete(deviceId)
      const own = devices.get(userId)
      if (own?.delete(deviceId) !== true || own.size > 0) return
      devices.delete(userId)
      lookIn(userId, lingerMs)
    },
    wishesChanged: (userId) => {
      wishes.delete(userId)
      if (devices.has(userId)) lookIn(userId, gatherMs)
    },
    close: () => {
      stopHearing()
      armed?.cancel()
      armed = null
      return Promise.resolve()
    }
  }
}

/** The calls, and every device that comes or goes is told of. */
export const withComings = <T extends Pick<Calls, 'deviceOnline' | 'deviceOffline'>>(
  calls: T,
  news: Pick<AvailabilityNews, 'come' | 'leave'>
): T => ({
  ...calls,
  deviceOnline: async (session, resumed) => {
    const known = await calls.deviceOnline(session, resumed)
    if (known !== null) news.come(session)
    return known
  },
  deviceOffline: (session, why) => {
    news.leave(session)
    calls.deviceOffline(session, why)
  }
})

/** The lists, and a change of what a user wants of calls is told of. */
export const withWishes = (lists: Lists, news: Pick<AvailabilityNews, 'wishesChanged'>): Lists => {
  const telling =
    <T extends readonly unknown[], V extends { readonly ok: boolean }>(
      change: (session: Session, ...rest: T) => Promise<V>
    ) =>
    async (session: Session, ...rest: T): Promise<V> => {
      const result = await change(session, ...rest)
      if (result.ok) news.wishesChanged(session.userId)
      return result
    }
  return {
    ...lists,
    setPreferences: telling(lists.setPreferences),
    setBlocked: telling(lists.setBlocked)
  }
}
