// What main does for each invocation of a window: hands it to the part that knows. No checks of the sender here.
import { fittingSettings } from '../../common/protocol/settings.ts'
import { ok } from '../../common/result.ts'
import type { About } from '../about.ts'
import type { CrashNotes } from '../diagnostics/crash-notes.ts'
import type { ReadLog } from '../diagnostics/read-log.ts'
import type { Links } from '../links/links.ts'
import type { Model } from '../model.ts'
import { pastUnder } from '../own-names.ts'
import type { Phone, SignalingSession } from '../ports.ts'
import type { GlobalKeys } from '../shell/global-keys.ts'
import type { PhoneLinks } from '../shell/phone-links.ts'
import type { Shell } from '../shell/shell.ts'
import type { Contacts } from '../store/contacts.ts'
import type { Lists } from '../store/lists.ts'
import type { Recents } from '../store/recents.ts'
import type { SettingsStore } from '../store/settings.ts'
import type { Updates } from '../update/updates.ts'
import type { Handlers } from './doorman.ts'

export type HandlerDeps = {
  readonly session: SignalingSession
  readonly phone: Phone
  readonly model: Model
  readonly lists: Lists
  readonly contacts: Pick<Contacts, 'load' | 'change' | 'names'>
  readonly recents: Recents
  readonly links: Pick<Links, 'open' | 'confirm' | 'dismiss'>
  readonly phoneLinks: PhoneLinks
  readonly settings: SettingsStore
  readonly keys: Pick<GlobalKeys, 'setChoosing'>
  readonly about: About
  readonly crashes: Pick<CrashNotes, 'tell'>
  readonly checkServer: Handlers['server.check']
  readonly saveLogs: Handlers['log.save']
  readonly readLog: ReadLog
  readonly updates: Pick<Updates, 'check' | 'install' | 'notNow'>
  /** The windows and what the desktop does for them; made after the doorman, who lets its windows in. */
  readonly shell: () => Pick<
    Shell,
    'ringView' | 'miniView' | 'showWindow' | 'saveFile' | 'copiedNumber' | 'keepWindow' | 'pageAttached'
  >
  /** Ends what is live and signs out; longer than a hang-up, never for ever. */
  readonly signOut: Handlers['account.signOut']
  /** Answered in a window: the call is shown in the main one. */
  readonly answer: Handlers['call.answer']
}

export const createHandlers = (deps: HandlerDeps): Handlers => {
  const { session, phone, model, lists, recents, contacts, links, settings } = deps
  return {
    'app.load': () => ok(model.load()),
    'ring.load': () => ok(deps.shell().ringView()),
    'mini.load': () => ok(deps.shell().miniView()),
    'window.show': () => {
      deps.shell().showWindow()
      return ok({})
    },
    'window.keep': ({ keep }) => {
      deps.shell().keepWindow(keep)
      return ok({})
    },
    'account.signIn': (to) => session.signIn(to),
    'account.signOut': deps.signOut,
    'call.dial': ({ to, others }) => phone.dial(to, others),
    'call.check': ({ to }) => phone.dialCheck(to),
    'call.answer': deps.answer,
    'call.decline': ({ session: key }) => phone.decline(key),
    'call.hangUp': ({ session: key }) => phone.hangUp(key),
    'call.mute': ({ session: key, muted }) => phone.mute(key, muted),
    'call.hold': ({ session: key, held }) => phone.hold(key, held),
    'call.dtmf': ({ session: key, digits }) => phone.dtmf(key, digits),
    'call.transfer': ({ session: key, to, mode }) => phone.transfer(key, to, mode),
    'call.transferCancel': ({ session: key }) => phone.cancelTransfer(key),
    'call.merge': ({ session: key, withSession }) => phone.merge(key, withSession),
    'call.split': ({ session: key }) => phone.split(key),
    'call.move': ({ session: key }) => phone.move(key),
    'call.join': ({ session: key }) => phone.join(key),
    'call.sample': ({ session: key, sample }) => phone.sample(key, sample),
    'call.rate': ({ session: key, rating, reason }) => phone.rate(key, { rating, reason }),
    'call.dismiss': ({ session: key }) => phone.dismiss(key),
    'link.open': ({ text }) => {
      links.open(text)
      return ok({})
    },
    'link.confirm': ({ id }) => links.confirm(id),
    'link.dismiss': ({ id }) => links.dismiss(id),
    'phoneLinks.standing': async () => ok(await deps.phoneLinks.standing()),
    'phoneLinks.take': () => deps.phoneLinks.take(),
    'settings.change': (change) => settings.change(change),
    'keys.choose': ({ choosing }) => {
      deps.keys.setChoosing(choosing)
      return ok({})
    },
    'settings.check': ({ settings: given }) => ok(fittingSettings(given)),
    'app.about': async () => ok(await deps.about.facts()),
    'app.packages': async () => ok({ packages: await deps.about.packages() }),
    'update.check': () => deps.updates.check(),
    'update.install': () => deps.updates.install(),
    'update.notNow': () => deps.updates.notNow(),
    'favourites.set': ({ usernames }) => lists.setFavourites(usernames),
    'preferences.set': (preferences) => lists.setPreferences(preferences),
    'blocked.set': ({ usernames }) => lists.setBlocked(usernames),
    'contacts.load': async () => ok(await contacts.load()),
    'contacts.change': (change) => contacts.change(change),
    'recents.more': async (asked) => {
      const page = await recents.more(asked)
      if (!page.ok) return page
      const names = contacts.names()
      return ok({ ...page.value, result: page.value.result.map((entry) => pastUnder(names, entry)) })
    },
    'recents.details': ({ callId }) => recents.details(callId),
    'recents.remove': ({ callIds }) => recents.remove(callIds),
    'recents.restore': ({ callIds }) => recents.restore(callIds),
    'recents.clear': () => recents.clear(),
    'recents.seen': () => {
      recents.markSeen()
      return ok({})
    },
    'clipboard.number': async () => ok({ number: await deps.shell().copiedNumber.look() }),
    'clipboard.settle': ({ number }) => {
      deps.shell().copiedNumber.settle(number)
      return ok({})
    },
    'file.save': (file) => deps.shell().saveFile(file),
    'log.save': deps.saveLogs,
    'log.read': deps.readLog.end,
    'log.ofCall': deps.readLog.ofCall,
    'log.redact': deps.readLog.redact,
    'crash.tell': () => ok({ crash: deps.crashes.tell() }),
    'server.check': deps.checkServer,
    'network.online': () => {
      session.nudge()
      return ok({})
    },
    'media.request': (message) => phone.mediaRequest(message),
    'media.cancel': ({ requestId }) => {
      phone.mediaCancel(requestId)
      return ok({})
    },
    'media.fact': ({ session: key, epoch, fact }) => {
      phone.mediaFact(key, epoch, fact)
      return ok({})
    },
    'media.attach': () => {
      deps.shell().pageAttached()
      return ok({ orders: phone.orders() })
    }
  }
}
