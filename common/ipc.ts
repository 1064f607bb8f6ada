// The contract between the processes: channel names, payload types and which window may use what. Types and names only;
// main parses payloads with protocol/ipc-schemas. Adding a channel: here, the schema, the bridge's type (bridges.ts), the
// preload's method, the handler.
import type { About, BundledPackage } from './about.ts'
import type { DelegateEvent } from './delegate.ts'
import type { GivenSettings } from './settings-file.ts'
import type { PhoneLinksStanding } from './phone-links.ts'
import type { RecentsAsked, RecentsPage } from './recents.ts'
import type { MiniView, RingView, SnapshotPatch, WholeSnapshot } from './snapshot.ts'
import type {
  Contact,
  ContactsChange,
  HistoryDetails,
  KeptRating,
  MeasuredSample,
  MediaPush,
  MediaRequestName,
  Preferences,
  SettingsChange
} from './types.ts'
import type { ErrorCode } from './errors.ts'
import type { CallLines, LogEnd } from './log-lines.ts'
import type { ServerCheck } from './server-check.ts'

/** What a window is for; the doorman gives each role its own channels. */
export type WindowRole = 'main' | 'ring' | 'mini'

/** A file that the page has made and the person wants to keep. */
export type FileToSave = {
  readonly kind: 'vcard' | 'csv' | 'json' | 'log'
  /** What it is to be called, with its ending; the person may choose another. At most 120 characters. */
  readonly name: string
  /** At most 20 Mi characters; written as UTF-8. */
  readonly text: string
}

/** What becomes of the call that has the floor when another one takes it: held, or ended. */
export type Others = 'hold' | 'end'

/**
 * What the media engine shall make so, one order for each live call of this phone.
 * At most one order is `talk`; `conference` comes for two calls at once, and then none is `talk`: to each of the two goes
 * the microphone together with what the other one sends.
 */
export type MediaOrder = {
  readonly session: string
  /** Counts the makings of this call's media: a greater one means make all anew. */
  readonly epoch: number
  readonly want: 'prepare' | 'talk' | 'hold' | 'conference'
  /** Whether the real microphone may be open now: the person has dialled or pressed Answer. The server forwards nothing before it has accepted. */
  readonly microphone: boolean
  readonly muted: boolean
}

/** What the media engine found; each fact is about one making of one call's media. */
export type MediaFact =
  /** Both transports are up and the track is published. */
  | { readonly kind: 'ready' }
  /** The leg was lost; the engine is bringing it back. */
  | { readonly kind: 'lost' }
  /** The leg is back. */
  | { readonly kind: 'back' }
  /** Bringing it back failed: the engine wants a new epoch. */
  | { readonly kind: 'rebuild' }
  /** It can't be done here (no microphone, denied, no media): the person is told. */
  | { readonly kind: 'failed'; readonly code: ErrorCode }
  /** What was wrong is well again. */
  | { readonly kind: 'recovered' }

export type { MainBridge, MiniBridge, RingBridge } from './bridges.ts'
export type { RecentsAsked, RecentsPage } from './recents.ts'

type Call<Data, Value> = { readonly data: Data; readonly value: Value }
type Empty = Record<never, never>

/** Asked by a window, answered by main with a Result. */
export type Invocations = {
  'app.load': Call<Empty, WholeSnapshot>
  'ring.load': Call<Empty, RingView>
  'mini.load': Call<Empty, MiniView>
  /** Brings the main window to the front. */
  'window.show': Call<Empty, Empty>
  /** Whether something stands in the page that would be lost with it, so that its window is not let go. */
  'window.keep': Call<{ keep: boolean }, Empty>
  'account.signIn': Call<{ server: string; username: string; password: string }, Empty>
  'account.signOut': Call<Empty, Empty>
  /** Holds what has the floor, if not told to end it. */
  'call.dial': Call<{ to: string; others?: Others | undefined }, { session: string }>
  /** Talks to Echo for a check of calls: the snapshot's `check`, and no call of the person's. Refused beside a call. */
  'call.check': Call<{ to: string }, { session: string }>
  /** Answers, or returns to a call that was left; holds what has the floor, if not told to end it. */
  'call.answer': Call<{ session: string; others?: Others | undefined }, Empty>
  'call.decline': Call<{ session: string }, Empty>
  'call.hangUp': Call<{ session: string }, Empty>
  'call.mute': Call<{ session: string; muted: boolean }, Empty>
  /** `held: false` goes on with a held call and holds what has the floor instead: that is a swap. */
  'call.hold': Call<{ session: string; held: boolean }, Empty>
  /** Digits 0-9 * # A-D, at most 32. */
  'call.dtmf': Call<{ session: string; digits: string }, Empty>
  /** Connects the other side with `to`; attended: this call goes on if they do not answer. */
  'call.transfer': Call<{ session: string; to: string; mode: 'attended' | 'blind' }, Empty>
  'call.transferCancel': Call<{ session: string }, Empty>
  /** Makes a conference of two calls of this phone, which mixes them. */
  'call.merge': Call<{ session: string; withSession: string }, Empty>
  /** Ends the conference: `session` keeps the floor, the other call is held. */
  'call.split': Call<{ session: string }, Empty>
  /** Offers the call to the other devices of this person; again: takes the offer back. */
  'call.move': Call<{ session: string }, Empty>
  /** Joins a call that a back end made; holds what has the floor. */
  'call.join': Call<{ session: string }, Empty>
  /** What the media engine has measured of a talk over a few seconds. */
  'call.sample': Call<{ session: string; sample: MeasuredSample }, Empty>
  /** What the person says of a talk, in it or within an hour after it. */
  'call.rate': Call<{ session: string } & KeptRating, Empty>
  /** Takes an ended call off the screen before its time. */
  'call.dismiss': Call<{ session: string }, Empty>
  /** A link was pasted or typed: the question it leads to comes with the snapshot, and so does what becomes of it. */
  'link.open': Call<{ text: string }, Empty>
  /** The person says yes to that question: joins or dials. */
  'link.confirm': Call<{ id: string }, Empty>
  'link.dismiss': Call<{ id: string }, Empty>
  /** Which program opens phone links now. */
  'phoneLinks.standing': Call<Empty, PhoneLinksStanding>
  /** Makes it Tamas. Fails with `links_not_taken`. */
  'phoneLinks.take': Call<Empty, Empty>
  'settings.change': Call<SettingsChange, Empty>
  /** Keys of the whole desktop are being chosen: until that is over, or the page is gone, they do nothing. */
  'keys.choose': Call<{ choosing: boolean }, Empty>
  /** Which of the settings in a file can be taken, and how many names or values of them do not fit. Changes nothing. */
  'settings.check': Call<{ settings: GivenSettings }, { change: SettingsChange; unfit: number }>
  'app.about': Call<Empty, About>
  /** Empty where the app was not built by its own build. */
  'app.packages': Call<Empty, { packages: readonly BundledPackage[] }>
  /** Looks for a newer version; what comes of it is in the snapshot. */
  'update.check': Call<Empty, Empty>
  /** Starts anew with what was downloaded: at once, or after the calls. `notNow` takes that back. */
  'update.install': Call<Empty, Empty>
  'update.notNow': Call<Empty, Empty>
  'favourites.set': Call<{ usernames: readonly string[] }, Empty>
  'preferences.set': Call<Preferences, Empty>
  'blocked.set': Call<{ usernames: readonly string[] }, Empty>
  /** All own contacts, in no order; `rev` is the snapshot's `contactsRev` they are of. */
  'contacts.load': Call<Empty, { rev: number; revision: number; contacts: readonly Contact[] }>
  /**
   * Adds, replaces and removes at most 500 each, all or nothing; hundreds with the longest of notes go in parts, what is
   * removed with the last. Says what changed; the snapshot's `contactsRev` follows. Without the server nothing is changed, and
   * the failure says so. Also fails with `too_many_contacts`, and with
   * `contact_changed` where one was changed since the revision that the change names.
   */
  'contacts.change': Call<ContactsChange, { added: number; changed: number; removed: number }>
  'recents.more': Call<RecentsAsked, RecentsPage>
  'recents.details': Call<{ callId: string }, HistoryDetails>
  /** From the history of this person alone; at most 200 at once. Those that are gone already are no error. */
  'recents.remove': Call<{ callIds: readonly string[] }, Empty>
  'recents.restore': Call<{ callIds: readonly string[] }, Empty>
  'recents.clear': Call<Empty, Empty>
  /** They are on the screen: what was missed until now was seen. */
  'recents.seen': Call<Empty, Empty>
  /** The number that was copied; null where there is none, or the person does not want it offered. */
  'clipboard.number': Call<Empty, { number: string | null }>
  /** It was called or put away: not to be offered again before another one was copied. */
  'clipboard.settle': Call<{ number: string }, Empty>
  /** Asks the person where to, with the system's dialog. Fails with `file_not_saved`. */
  'file.save': Call<FileToSave, { outcome: 'saved' | 'cancelled' }>
  /** Asks where to save the logs: without secrets always, and without `people` where they are not wanted. */
  'log.save': Call<{ people: boolean }, { outcome: 'saved' | 'cancelled' }>
  /** The newest lines of the app's own log; with `after`, which was `next` of the answer before, those that came since. */
  'log.read': Call<{ after: number | null }, LogEnd>
  /** The lines that belong to a call. */
  'log.ofCall': Call<{ callId: string }, CallLines>
  /** Lines as they may be given to somebody else: as `log.save` has them. */
  'log.redact': Call<{ lines: readonly string[]; people: boolean }, { text: string }>
  /** What stopped unexpectedly since that was asked last: the app, or this page. Null mostly. */
  'crash.tell': Call<Empty, { crash: { readonly at: number; readonly what: 'app' | 'page' } | null }>
  /** Looks at the server once more, for somebody who wants to know whether calls would go. */
  'server.check': Call<Empty, ServerCheck>
  /** The page sees a network again: worth a try at once. */
  'network.online': Call<Empty, Empty>
  /** One request of the media engine; main knows the call of the session and the server it goes to. */
  'media.request': Call<
    { requestId: string; session: string; epoch: number; name: MediaRequestName; data: unknown },
    unknown
  >
  'media.cancel': Call<{ requestId: string }, Empty>
  'media.fact': Call<{ session: string; epoch: number; fact: MediaFact }, Empty>
  /** The engine is there and listens: main answers with the orders of now. */
  'media.attach': Call<Empty, { orders: readonly MediaOrder[] }>
}
export type InvocationName = keyof Invocations
export type InvocationData<N extends InvocationName> = Invocations[N]['data']
export type InvocationValue<N extends InvocationName> = Invocations[N]['value']

/** Said by main to a window. */
export type Announcements = {
  'app.changed': SnapshotPatch
  /** The whole, each time: it is small. */
  'ring.changed': RingView
  'mini.changed': MiniView
  /** What the person asked for outside the windows was not done; there is nothing else to see of it. */
  'shell.refused': { readonly code: ErrorCode }
  /** The person has asked outside the windows for what was missed. */
  'shell.recents': Empty
  /** The person has asked in the app's menu which keys there are. */
  'shell.shortcuts': Empty
  'delegate.event': DelegateEvent
  /** The other side has pressed keys: their tones are played here. */
  'call.signalled': { readonly session: string; readonly digits: string }
  'media.orders': readonly MediaOrder[]
  'media.pushed': { readonly session: string; readonly epoch: number; readonly push: MediaPush }
}
export type AnnouncementName = keyof Announcements

/** Which window roles may use which channel: everything not listed is refused. */
export const invocationRoles: { readonly [N in InvocationName]: readonly WindowRole[] } = {
  'app.load': ['main'],
  'ring.load': ['ring'],
  'mini.load': ['mini'],
  'window.show': ['mini'],
  'window.keep': ['main'],
  'account.signIn': ['main'],
  'account.signOut': ['main'],
  'call.dial': ['main'],
  'call.check': ['main'],
  'call.answer': ['main', 'ring'],
  'call.decline': ['main', 'ring'],
  'call.hangUp': ['main', 'mini'],
  'call.mute': ['main', 'mini'],
  'call.hold': ['main', 'mini'],
  'call.dtmf': ['main'],
  'call.transfer': ['main'],
  'call.transferCancel': ['main'],
  'call.merge': ['main'],
  'call.split': ['main'],
  'call.move': ['main'],
  'call.join': ['main'],
  'call.sample': ['main'],
  'call.rate': ['main'],
  'call.dismiss': ['main'],
  'link.open': ['main'],
  'link.confirm': ['main'],
  'link.dismiss': ['main'],
  'phoneLinks.standing': ['main'],
  'phoneLinks.take': ['main'],
  'settings.change': ['main'],
  'keys.choose': ['main'],
  'settings.check': ['main'],
  'app.about': ['main'],
  'app.packages': ['main'],
  'update.check': ['main'],
  'update.install': ['main'],
  'update.notNow': ['main'],
  'favourites.set': ['main'],
  'preferences.set': ['main'],
  'blocked.set': ['main'],
  'contacts.load': ['main'],
  'contacts.change': ['main'],
  'recents.more': ['main'],
  'recents.details': ['main'],
  'recents.remove': ['main'],
  'recents.restore': ['main'],
  'recents.clear': ['main'],
  'recents.seen': ['main'],
  'clipboard.number': ['main'],
  'clipboard.settle': ['main'],
  'file.save': ['main'],
  'log.save': ['main'],
  'log.read': ['main'],
  'log.ofCall': ['main'],
  'log.redact': ['main'],
  'crash.tell': ['main'],
  'server.check': ['main'],
  'network.online': ['main'],
  'media.request': ['main'],
  'media.cancel': ['main'],
  'media.fact': ['main'],
  'media.attach': ['main']
}

export const announcementRoles: { readonly [N in AnnouncementName]: readonly WindowRole[] } = {
  'app.changed': ['main'],
  'ring.changed': ['ring'],
  'mini.changed': ['mini'],
  'shell.refused': ['main'],
  'shell.recents': ['main'],
  'shell.shortcuts': ['main'],
  'delegate.event': ['main'],
  'call.signalled': ['main'],
  'media.orders': ['main'],
  'media.pushed': ['main']
}

/** The name of Electron's channel for an invocation or an announcement: used by the doorman and the bridge alone. */
export const channelOf = <N extends InvocationName | AnnouncementName>(name: N): `tamas:${N}` => `tamas:${name}`
