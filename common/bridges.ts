// What each window's page finds at `window.tamas`: fixed functions, one for each channel of ipc.ts that its role may use.
// Types only.
import type { AnnouncementName, Announcements, InvocationData, InvocationName, InvocationValue } from './ipc.ts'
import type { Result } from './result.ts'
import type { MediaRequestData, MediaRequestName, MediaRequestValue } from './types.ts'

type Listen<N extends AnnouncementName> = (listener: (data: Announcements[N]) => void) => () => void
type Ask<N extends InvocationName> = (data: InvocationData<N>) => Promise<Result<InvocationValue<N>>>

/** What the main window's page finds at `window.tamas`: fixed functions only. */
export type MainBridge = {
  readonly load: Ask<'app.load'>
  readonly keepWindow: Ask<'window.keep'>
  readonly signIn: Ask<'account.signIn'>
  readonly signOut: Ask<'account.signOut'>
  readonly dial: Ask<'call.dial'>
  readonly dialCheck: Ask<'call.check'>
  readonly answer: Ask<'call.answer'>
  readonly decline: Ask<'call.decline'>
  readonly hangUp: Ask<'call.hangUp'>
  readonly mute: Ask<'call.mute'>
  readonly hold: Ask<'call.hold'>
  readonly dtmf: Ask<'call.dtmf'>
  readonly transfer: Ask<'call.transfer'>
  readonly cancelTransfer: Ask<'call.transferCancel'>
  readonly merge: Ask<'call.merge'>
  readonly split: Ask<'call.split'>
  readonly move: Ask<'call.move'>
  readonly join: Ask<'call.join'>
  readonly sample: Ask<'call.sample'>
  readonly rate: Ask<'call.rate'>
  readonly dismiss: Ask<'call.dismiss'>
  readonly openLink: Ask<'link.open'>
  readonly confirmLink: Ask<'link.confirm'>
  readonly dismissLink: Ask<'link.dismiss'>
  readonly phoneLinks: Ask<'phoneLinks.standing'>
  readonly takePhoneLinks: Ask<'phoneLinks.take'>
  readonly changeSettings: Ask<'settings.change'>
  readonly chooseKeys: Ask<'keys.choose'>
  readonly checkSettings: Ask<'settings.check'>
  readonly about: Ask<'app.about'>
  readonly packages: Ask<'app.packages'>
  readonly checkForUpdate: Ask<'update.check'>
  readonly installUpdate: Ask<'update.install'>
  readonly installLater: Ask<'update.notNow'>
  readonly setFavourites: Ask<'favourites.set'>
  readonly setPreferences: Ask<'preferences.set'>
  readonly setBlocked: Ask<'blocked.set'>
  readonly loadContacts: Ask<'contacts.load'>
  readonly changeContacts: Ask<'contacts.change'>
  readonly moreRecents: Ask<'recents.more'>
  readonly recentDetails: Ask<'recents.details'>
  readonly removeRecents: Ask<'recents.remove'>
  readonly restoreRecents: Ask<'recents.restore'>
  readonly clearRecents: Ask<'recents.clear'>
  readonly recentsSeen: Ask<'recents.seen'>
  readonly copiedNumber: Ask<'clipboard.number'>
  readonly settleCopied: Ask<'clipboard.settle'>
  readonly saveFile: Ask<'file.save'>
  readonly saveLogs: Ask<'log.save'>
  readonly readLog: Ask<'log.read'>
  readonly callLog: Ask<'log.ofCall'>
  readonly redactLog: Ask<'log.redact'>
  readonly lastCrash: Ask<'crash.tell'>
  readonly checkServer: Ask<'server.check'>
  readonly networkOnline: Ask<'network.online'>
  readonly mediaRequest: <N extends MediaRequestName>(message: {
    requestId: string
    session: string
    epoch: number
    name: N
    data: MediaRequestData<N>
  }) => Promise<Result<MediaRequestValue<N>>>
  readonly mediaCancel: Ask<'media.cancel'>
  readonly mediaFact: Ask<'media.fact'>
  readonly mediaAttach: Ask<'media.attach'>
  readonly onChanged: Listen<'app.changed'>
  readonly onRefused: Listen<'shell.refused'>
  readonly onRecentsWanted: Listen<'shell.recents'>
  readonly onShortcutsWanted: Listen<'shell.shortcuts'>
  readonly onDelegateEvent: Listen<'delegate.event'>
  readonly onSignalled: Listen<'call.signalled'>
  readonly onMediaOrders: Listen<'media.orders'>
  readonly onMediaPushed: Listen<'media.pushed'>
}

/** What the ring window's page finds at `window.tamas`. */
export type RingBridge = Pick<MainBridge, 'answer' | 'decline'> & {
  readonly load: Ask<'ring.load'>
  readonly onChanged: Listen<'ring.changed'>
}

/** What the mini window's page finds at `window.tamas`. */
export type MiniBridge = Pick<MainBridge, 'mute' | 'hold' | 'hangUp'> & {
  readonly load: Ask<'mini.load'>
  readonly showMain: Ask<'window.show'>
  readonly onChanged: Listen<'mini.changed'>
}
