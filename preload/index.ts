// The bridge of the main window: fixed functions only, no logic, no dependencies. Sandboxed.
import { contextBridge } from 'electron'
import type { MainBridge } from '../common/ipc.ts'
import { ask, listen } from './bridge.ts'

const bridge: MainBridge = {
  load: ask('app.load'),
  signIn: ask('account.signIn'),
  signOut: ask('account.signOut'),
  dial: ask('call.dial'),
  answer: ask('call.answer'),
  decline: ask('call.decline'),
  hangUp: ask('call.hangUp'),
  mute: ask('call.mute'),
  hold: ask('call.hold'),
  dtmf: ask('call.dtmf'),
  transfer: ask('call.transfer'),
  cancelTransfer: ask('call.transferCancel'),
  merge: ask('call.merge'),
  split: ask('call.split'),
  move: ask('call.move'),
  join: ask('call.join'),
  dismiss: ask('call.dismiss'),
  openLink: ask('link.open'),
  confirmLink: ask('link.confirm'),
  dismissLink: ask('link.dismiss'),
  changeSettings: ask('settings.change'),
  checkSettings: ask('settings.check'),
  about: ask('app.about'),
  packages: ask('app.packages'),
  setFavourites: ask('favourites.set'),
  setPreferences: ask('preferences.set'),
  setBlocked: ask('blocked.set'),
  loadContacts: ask('contacts.load'),
  changeContacts: ask('contacts.change'),
  moreRecents: ask('recents.more'),
  recentDetails: ask('recents.details'),
  removeRecents: ask('recents.remove'),
  restoreRecents: ask('recents.restore'),
  clearRecents: ask('recents.clear'),
  recentsSeen: ask('recents.seen'),
  saveFile: ask('file.save'),
  networkOnline: ask('network.online'),
  // One channel carries all media requests, so the contract's table can't tell each name's answer; the bridge's type does.
  mediaRequest: ask('media.request') as MainBridge['mediaRequest'],
  mediaCancel: ask('media.cancel'),
  mediaFact: ask('media.fact'),
  mediaAttach: ask('media.attach'),
  onChanged: listen('app.changed'),
  onRefused: listen('shell.refused'),
  onRecentsWanted: listen('shell.recents'),
  onShortcutsWanted: listen('shell.shortcuts'),
  onDelegateEvent: listen('delegate.event'),
  onSignalled: listen('call.signalled'),
  onMediaOrders: listen('media.orders'),
  onMediaPushed: listen('media.pushed')
}

contextBridge.exposeInMainWorld('tamas', bridge)
