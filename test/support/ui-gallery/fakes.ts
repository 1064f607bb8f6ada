// Fake bridges for the gallery and for component tests: they hold a snapshot and answer everything; nothing leaves the page.
// What is heard and measured is fake-sound.ts's.
import type { ErrorCode } from '../../../common/errors.ts'
import type { MainBridge, MiniBridge, RingBridge } from '../../../common/ipc.ts'
import { fail, ok, type Result } from '../../../common/result.ts'
import type { PhoneLinksStanding } from '../../../common/phone-links.ts'
import type { AppSnapshot, SnapshotPatch } from '../../../common/snapshot.ts'
import { miniView } from '../../../main/shell/mini-view.ts'
import type { Contact } from '../../../common/types.ts'
import { fakeLog, type FakeLog } from './logs.ts'
import { detailsOf, pageOf } from './past.ts'

export type FakeBridge = MainBridge & {
  /** Everything that was asked, in order: method and data. */
  readonly asked: readonly (readonly [string, unknown])[]
  /** Changes the snapshot and tells the page, as main would. */
  readonly change: (changed: Partial<AppSnapshot>) => void
  /** Another device of this person changes an own contact, or removes it. */
  readonly changeElsewhere: (id: string, contact: Contact | null) => void
  /** Tells the page that something asked for outside it was refused. */
  readonly refuse: (code: ErrorCode) => void
  /** What was missed is asked for outside the window. */
  readonly wantRecents: () => void
  /** Tells the page any patch, also a wrong one. */
  readonly push: (patch: SnapshotPatch) => void
}

export const createFakeBridge = (
  first: AppSnapshot,
  options: {
    readonly dialFails?: boolean
    readonly savingFails?: boolean
    readonly pagesFail?: boolean
    readonly contacts?: readonly Contact[]
    /** What there is of the app's own log. */
    readonly log?: FakeLog
    /** Which program opens phone links, until Tamas takes them. */
    readonly phoneLinks?: PhoneLinksStanding
  } = {}
): FakeBridge => {
  let held = { rev: 1, snapshot: first }
  let contacts = options.contacts ?? []
  let phoneLinks = options.phoneLinks ?? { at: 'unknown' }
  const asked: (readonly [string, unknown])[] = []
  const listeners = new Set<(patch: SnapshotPatch) => void>()
  const recentsWanted = new Set<(wanted: Record<never, never>) => void>()
  const refusals = new Set<(refused: { code: ErrorCode }) => void>()
  const push = (patch: SnapshotPatch) => {
    for (const listener of [...listeners]) listener(patch)
  }
  const change = (changed: Partial<AppSnapshot>) => {
    held = { rev: held.rev + 1, snapshot: { ...held.snapshot, ...changed } }
    push({ rev: held.rev, now: Date.now(), changed })
  }
  let changedAt = 0
  let changedId: string | null = null
  const changeElsewhere = (id: string, contact: Contact | null) => {
    contacts = contacts.flatMap((one) => (one.id === id ? (contact ?? []) : one))
    changedId = id
    changedAt = held.snapshot.contactsRev + 1
    change({ contactsRev: changedAt })
  }
  const done =
    (name: string) =>
    async (data: unknown): Promise<Result<Record<never, never>>> => {
      asked.push([name, data])
      return ok({})
    }
  const none = () => () => undefined
  return {
    asked,
    change,
    changeElsewhere,
    push,
    refuse: (code) => {
      for (const listener of [...refusals]) listener({ code })
    },
    wantRecents: () => {
      for (const listener of [...recentsWanted]) listener({})
    },
    load: async () => ok({ ...held, now: Date.now() }),
    signIn: async (data) => {
      asked.push(['signIn', { ...data, password: '' }])
      return fail('invalid_credentials')
    },
    signOut: done('signOut'),
    dial: async (data) => {
      asked.push(['dial', data])
      return options.dialFails ? fail('disconnected') : ok({ session: 's1' })
    },
    dialCheck: async (data) => {
      asked.push(['dialCheck', data])
      return options.dialFails ? fail('disconnected') : ok({ session: 's1' })
    },
    answer: done('answer'),
    decline: done('decline'),
    hangUp: done('hangUp'),
    mute: done('mute'),
    hold: done('hold'),
    dtmf: done('dtmf'),
    transfer: done('transfer'),
    cancelTransfer: done('cancelTransfer'),
    merge: done('merge'),
    split: done('split'),
    move: done('move'),
    join: done('join'),
    // Not by a hand: nobody asks whether it was asked.
    sample: async () => ok({}),
    rate: done('rate'),
    dismiss: done('dismiss'),
    openLink: done('openLink'),
    confirmLink: done('confirmLink'),
    dismissLink: done('dismissLink'),
    phoneLinks: async () => ok(phoneLinks),
    takePhoneLinks: async (data) => {
      asked.push(['takePhoneLinks', data])
      phoneLinks = { at: 'here' }
      return ok({})
    },
    changeSettings: async (data) => {
      asked.push(['changeSettings', data])
      change({ settings: { ...held.snapshot.settings, ...data } as AppSnapshot['settings'] })
      return ok({})
    },
    chooseKeys: done('chooseKeys'),
    checkSettings: async ({ settings }) => ok({ change: settings, unfit: 1 }),
    about: async () =>
      ok({
        electron: '25.1.1',
        chrome: '114.0.5735.106',
        node: '18.15.0',
        standIn: true,
        logs: '/home/kian/.config/tamas/logs'
      }),
    checkForUpdate: done('checkForUpdate'),
    installUpdate: done('installUpdate'),
    installLater: done('installLater'),
    packages: async () =>
      ok({
        packages: [
          {
            name: 'mediasoup-client',
            version: '3.24.1',
            licence: 'ISC',
            text: 'ISC License\n\nCopyright © its authors'
          },
          { name: 'svelte', version: '5.57.3', licence: 'MIT', text: 'MIT License\n\nCopyright © its authors' }
        ]
      }),
    setFavourites: async (data) => {
      asked.push(['setFavourites', data])
      change({ favourites: data.usernames })
      return ok({})
    },
    setPreferences: async (data) => {
      asked.push(['setPreferences', data])
      change({ preferences: data })
      return ok({})
    },
    setBlocked: async (data) => {
      asked.push(['setBlocked', data])
      change({ blocked: data.usernames })
      return ok({})
    },
    loadContacts: async () => ok({ rev: held.snapshot.contactsRev, revision: held.snapshot.contactsRev, contacts }),
    changeContacts: async (data) => {
      asked.push(['changeContacts', data])
      if (options.savingFails) return fail('disconnected')
      const { since } = data
      const ids = [...data.save.map(({ id }) => id), ...data.remove]
      if (since !== undefined && since < changedAt && ids.some((id) => id === changedId)) {
        return fail('contact_changed')
      }
      const known = new Set(contacts.map(({ id }) => id))
      const gone = new Set([...data.remove, ...data.save.map(({ id }) => id)])
      contacts = [...contacts.filter(({ id }) => !gone.has(id)), ...data.save]
      change({ contactsRev: held.snapshot.contactsRev + 1 })
      const changed = data.save.filter(({ id }) => known.has(id)).length
      return ok({ added: data.save.length - changed, changed, removed: data.remove.length })
    },
    moreRecents: async (data) => {
      asked.push(['moreRecents', data])
      if (options.pagesFail) return fail('disconnected')
      const { recents, link } = held.snapshot
      return ok(pageOf(recents, data, link.state === 'joined' ? 'server' : 'kept'))
    },
    recentDetails: async (data) => {
      asked.push(['recentDetails', data])
      if (held.snapshot.link.state !== 'joined') return fail('disconnected')
      return ok(detailsOf(held.snapshot.recents.find(({ callId }) => callId === data.callId)))
    },
    removeRecents: async (data) => {
      asked.push(['removeRecents', data])
      change({ recents: held.snapshot.recents.filter(({ callId }) => !data.callIds.includes(callId)) })
      return ok({})
    },
    restoreRecents: async (data) => {
      asked.push(['restoreRecents', data])
      change({ recents: first.recents })
      return ok({})
    },
    clearRecents: async (data) => {
      asked.push(['clearRecents', data])
      change({ recents: [] })
      return ok({})
    },
    recentsSeen: async (data) => {
      asked.push(['recentsSeen', data])
      change({ missed: 0 })
      return ok({})
    },
    mediaRequest: async () => fail('invalid_call'),
    mediaCancel: done('mediaCancel'),
    mediaFact: done('mediaFact'),
    keepWindow: done('keepWindow'),
    settleCopied: done('settleCopied'),
    copiedNumber: async (data) => {
      asked.push(['copiedNumber', data])
      return ok({ number: '09123456789' })
    },
    saveFile: async (data) => {
      asked.push(['saveFile', data])
      return ok({ outcome: 'saved' })
    },
    saveLogs: async (data) => {
      asked.push(['saveLogs', data])
      return ok({ outcome: 'saved' })
    },
    ...fakeLog(asked, options.log ?? 'lines'),
    lastCrash: async () => ok({ crash: null }),
    checkServer: async () => ok({ reached: { roundTripMs: 24, clockAheadMs: 0 }, refused: null }),
    networkOnline: async () => ok({}),
    mediaAttach: async () => ok({ orders: [] }),
    onChanged: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    onRefused: (listener) => {
      refusals.add(listener)
      return () => {
        refusals.delete(listener)
      }
    },
    onRecentsWanted: (listener) => {
      recentsWanted.add(listener)
      return () => {
        recentsWanted.delete(listener)
      }
    },
    onShortcutsWanted: none,
    onDelegateEvent: none,
    onSignalled: none,
    onMediaOrders: none,
    onMediaPushed: none
  }
}

/** The mini window's bridge, with what main would tell it of a snapshot. */
export const createFakeMiniBridge = (
  { mute, hold, hangUp }: Pick<MainBridge, 'mute' | 'hold' | 'hangUp'>,
  snapshot: AppSnapshot
): MiniBridge => ({
  mute,
  hold,
  hangUp,
  showMain: async () => ok({}),
  load: async () => ok(miniView(snapshot, Date.now())),
  onChanged: () => () => undefined
})

/** The ring window's bridge, with the first call of a snapshot that rings. */
export const createFakeRingBridge = (
  { answer, decline }: FakeBridge,
  { locale, settings, calls }: AppSnapshot
): RingBridge => ({
  answer,
  decline,
  load: async () => {
    const [call] = calls.filter(({ can }) => can.decline)
    const holds = calls.some(({ floor }) => floor)
    return ok({ locale, theme: settings.theme, call: call === undefined ? null : { ...call, holds } })
  },
  onChanged: () => () => undefined
})
