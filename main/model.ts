// Puts the one snapshot together from session, phone, settings and lists, and says what changed. Decides nothing itself.
import { createEmitter, type Unsubscribe } from '../common/emitter.ts'
import { chooseLocale } from '../common/i18n/index.ts'
import type { Logger } from '../common/log.ts'
import type { AccountState, AppSnapshot, SnapshotPatch, WholeSnapshot } from '../common/snapshot.ts'
import type { Links } from './links/links.ts'
import type { Clock } from '../common/time.ts'
import type { Phone, SignalingSession } from './ports.ts'
import { createOwnNames } from './own-names.ts'
import type { GlobalKeys } from './shell/global-keys.ts'
import type { Contacts } from './store/contacts.ts'
import type { Lists } from './store/lists.ts'
import type { Recents } from './store/recents.ts'
import type { SettingsStore } from './store/settings.ts'
import type { Updates } from './update/updates.ts'

export type Model = {
  readonly snapshot: () => AppSnapshot
  /** The whole, with the number of the last patch it holds. */
  readonly load: () => WholeSnapshot
  readonly onChanged: (listener: (change: ModelChange) => void) => Unsubscribe
  /** Reads all parts again: for what has no event of its own. */
  readonly refresh: () => void
  readonly close: () => void
}
export type ModelChange = { readonly snapshot: AppSnapshot; readonly patch: SnapshotPatch }

export type ModelDeps = {
  readonly version: string
  /** The languages the system prefers, best first. */
  readonly languages: readonly string[]
  readonly session: Pick<SignalingSession, 'account' | 'link' | 'onChanged'>
  /** Whether the sign-in survives a restart: may change with a setting, without the session's doing. */
  readonly isRemembered: () => boolean
  readonly phone: Pick<Phone, 'calls' | 'check' | 'tone' | 'onChanged'>
  readonly settings: Pick<SettingsStore, 'get' | 'onChanged'>
  readonly lists: Pick<Lists, 'get' | 'availability' | 'onChanged'>
  readonly recents: Pick<Recents, 'newest' | 'missed' | 'onChanged'>
  readonly contacts: Pick<Contacts, 'rev' | 'names' | 'onChanged'>
  readonly links: Pick<Links, 'question' | 'onChanged'>
  readonly keys: Pick<GlobalKeys, 'refused' | 'onChanged'>
  readonly updates: Pick<Updates, 'state' | 'onChanged'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Logger
}

const sliceNames = [
  'version',
  'locale',
  'account',
  'link',
  'calls',
  'check',
  'tone',
  'directory',
  'availability',
  'favourites',
  'recents',
  'missed',
  'settings',
  'preferences',
  'blocked',
  'contactsRev',
  'refusedKeys',
  'question',
  'update'
] as const satisfies readonly (keyof AppSnapshot)[]

/** The slices of `next` that are not the very same as in `previous`, or null where all are. */
export const changedSlices = (previous: AppSnapshot, next: AppSnapshot): Partial<AppSnapshot> | null => {
  const changed = sliceNames.filter((name) => previous[name] !== next[name])
  if (changed.length === 0) return null
  return Object.fromEntries(changed.map((name) => [name, next[name]]))
}

/** The account with `remembered` as it is now; the very same object as long as neither changes. */
const createAccountView = (isRemembered: () => boolean): ((account: AccountState) => AccountState) => {
  let last: { readonly of: AccountState; readonly view: AccountState } | null = null
  return (account) => {
    if (account.state !== 'signedIn') return account
    const remembered = isRemembered()
    const isLast = last?.of === account && last.view.state === 'signedIn' && last.view.remembered === remembered
    if (last === null || !isLast) last = { of: account, view: { ...account, remembered } }
    return last.view
  }
}

export const createModel = (deps: ModelDeps): Model => {
  const { session, phone, settings, lists, recents, contacts, links, updates, log } = deps
  const viewAccount = createAccountView(deps.isRemembered)
  const own = createOwnNames()
  const read = (): AppSnapshot => {
    const { directory, favourites, preferences, blocked } = lists.get()
    const names = contacts.names()
    return {
      version: deps.version,
      locale: chooseLocale(settings.get().language, deps.languages),
      account: viewAccount(session.account()),
      link: session.link(),
      calls: own.calls(names, phone.calls()),
      check: phone.check(),
      tone: phone.tone(),
      directory: own.people(names, directory),
      availability: lists.availability(),
      favourites,
      recents: own.past(names, recents.newest()),
      missed: recents.missed(),
      settings: settings.get(),
      preferences,
      blocked,
      contactsRev: contacts.rev(),
      refusedKeys: deps.keys.refused(),
      question: links.question(),
      update: updates.state()
    }
  }
  let rev = 0
  let snapshot = read()
  const changed = createEmitter<ModelChange>((error) => {
    log.error('a listener to the model threw', {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error)
    })
  })
  // A listener may cause the next change; patches still go out one after the other, in the order of their numbers.
  let isEmitting = false
  let isStale = false
  const refresh = (): void => {
    isStale = true
    if (isEmitting) return
    isEmitting = true
    while (isStale) {
      isStale = false
      const next = read()
      const slices = changedSlices(snapshot, next)
      if (slices === null) continue
      snapshot = next
      rev += 1
      changed.emit({ snapshot, patch: { rev, now: deps.clock.now(), changed: slices } })
    }
    isEmitting = false
  }
  const stops = [
    session.onChanged(refresh),
    phone.onChanged(refresh),
    settings.onChanged(refresh),
    lists.onChanged(refresh),
    contacts.onChanged(refresh),
    recents.onChanged(refresh),
    links.onChanged(refresh),
    deps.keys.onChanged(refresh),
    updates.onChanged(refresh)
  ]
  return {
    snapshot: () => snapshot,
    load: () => ({ rev, now: deps.clock.now(), snapshot }),
    onChanged: changed.on,
    refresh,
    close: () => {
      for (const stop of stops) stop()
    }
  }
}
