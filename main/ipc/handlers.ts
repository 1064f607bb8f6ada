// What main does for each invocation of a window: hands it to the part that knows. No checks of the sender here.
import { fail, ok } from '../../common/result.ts'
import type { RingView } from '../../common/snapshot.ts'
import type { Model } from '../model.ts'
import type { Phone, SignalingSession } from '../ports.ts'
import type { Lists } from '../store/lists.ts'
import type { SettingsStore } from '../store/settings.ts'
import type { Handlers } from './doorman.ts'

export type HandlerDeps = {
  readonly session: SignalingSession
  readonly phone: Phone
  readonly model: Model
  readonly lists: Lists
  readonly settings: SettingsStore
  readonly ringView: () => RingView
  /** The media engine is there: it rings from now on. */
  readonly engineAttached: () => void
  /** Ends what is live and signs out; longer than a hang-up, never for ever. */
  readonly signOut: Handlers['account.signOut']
  /** Answered in a window: the call is shown in the main one. */
  readonly answer: Handlers['call.answer']
}

export const createHandlers = (deps: HandlerDeps): Handlers => {
  const { session, phone, model, lists, settings } = deps
  return {
    'app.load': () => ok(model.load()),
    'ring.load': () => ok(deps.ringView()),
    'account.signIn': (to) => session.signIn(to),
    'account.signOut': deps.signOut,
    'call.dial': ({ to }) => phone.dial(to),
    'call.answer': deps.answer,
    'call.decline': ({ session: key }) => phone.decline(key),
    'call.hangUp': ({ session: key }) => phone.hangUp(key),
    'call.mute': ({ session: key, muted }) => phone.mute(key, muted),
    'call.hold': () => fail('not_allowed_now'),
    'call.dtmf': () => fail('not_allowed_now'),
    'call.transfer': () => fail('not_allowed_now'),
    'call.transferCancel': () => fail('not_allowed_now'),
    'call.merge': () => fail('not_allowed_now'),
    'call.split': () => fail('not_allowed_now'),
    'call.move': () => fail('not_allowed_now'),
    'call.join': () => fail('not_allowed_now'),
    'preferences.set': () => fail('not_allowed_now'),
    'blocked.set': () => fail('not_allowed_now'),
    'call.dismiss': ({ session: key }) => phone.dismiss(key),
    'settings.change': (change) => settings.change(change),
    'favourites.set': ({ usernames }) => lists.setFavourites(usernames),
    'recents.more': ({ cursor }) => lists.moreRecents(cursor),
    'recents.seen': () => {
      lists.markSeen()
      return ok({})
    },
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
      deps.engineAttached()
      return ok({ orders: phone.orders() })
    }
  }
}
