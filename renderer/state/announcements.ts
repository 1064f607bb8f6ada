// What screen readers are told when the snapshot changes: a pure diff of the calls before and after.
import { isAnswered } from '../../common/call/status.ts'
import type { Catalogue, Locale } from '../../common/i18n/index.ts'
import type { CallView } from '../../common/snapshot.ts'
import { canBeAnswered, endWords, isInvitation } from './calls.ts'
import { shownName } from './people.ts'

export type Announcement = { readonly urgent: boolean; readonly text: string }

/** Hold, conference, transfer and the longest talk time. */
const ofSeveral = (
  before: CallView,
  now: CallView,
  name: string,
  locale: Locale,
  strings: Catalogue
): string | null => {
  const words = strings.several
  if (before.timeLeft !== now.timeLeft && now.timeLeft !== 'enough') {
    return now.timeLeft === 'minute' ? words.minuteLeft : words.secondsLeft
  }
  if (before.conference.length !== now.conference.length) {
    if (now.conference.length === 0) return words.conferenceOver
    return words.conferenceWith(
      [now.peer, ...now.conference].map((one) => shownName(locale, one)).join(strings.shell.listSeparator)
    )
  }
  if (before.transfer === null && now.transfer !== null) {
    const other = shownName(locale, now.transfer)
    return now.can.cancelTransfer ? words.connecting(name, other) : words.connectingYou(name, other)
  }
  if (before.transferFailed === null && now.transferFailed !== null) {
    const { to, outcome } = now.transferFailed
    return `${words.transferEnded[outcome](shownName(locale, to))} ${words.backWith(name)}`
  }
  if (before.transfer !== null && now.transfer === null) return words.backWith(name)
  if (before.held.theirs !== now.held.theirs) {
    return now.held.theirs ? words.heldByThemOf(name) : words.resumedByThem(name)
  }
  if (before.held.mine !== now.held.mine) return now.held.mine ? words.heldByYou : words.resumedByYou
  return null
}

/** What somebody who is called hears first. */
const incomingWords = (call: CallView, others: readonly CallView[], name: string, strings: Catalogue): string => {
  if (call.moving) return strings.several.moving(name)
  if (call.silent) return strings.several.silent(name)
  return others.some((one) => one.floor) ? strings.several.announceWaiting(name) : strings.call.announceIncoming(name)
}

const ofOne = (before: CallView | undefined, now: CallView, locale: Locale, strings: Catalogue): string | null => {
  const name = shownName(locale, now.peer)
  if (now.status !== before?.status) {
    switch (now.status) {
      case 'conversation': {
        const words = strings.call.announceConversation(name)
        // They may be muted since it rang; where it was said before, it is not said again.
        const isNews = now.peerMuted && !(before !== undefined && isAnswered(before.status) && before.peerMuted)
        return isNews ? `${words}. ${strings.ui.call.peerMuted(name)}` : words
      }
      case 'paused':
        return strings.call.announcePaused
      case 'finished':
        return now.end === null ? null : strings.call.announceEnded(endWords(now, strings).replace(/\.$/, ''))
      case 'trying':
      case 'ringing':
      case 'accepted':
        return canBeAnswered(now) ? null : strings.call.status[now.status]
      case 'new':
      case 'flushed':
        return null
    }
  }
  const several = ofSeveral(before, now, name, locale, strings)
  if (several !== null) return several
  if (before.muted !== now.muted) return now.muted ? strings.ui.call.youAreMuted : strings.ui.call.youAreUnmuted
  // Before the answer it is told with that.
  if (!before.peerMuted && now.peerMuted && isAnswered(now.status)) return strings.ui.call.peerMuted(name)
  return null
}

/** Incoming calls are urgent; every other change waits for the reader to finish its sentence. */
export const announcements = (
  before: readonly CallView[],
  now: readonly CallView[],
  locale: Locale,
  strings: Catalogue
): readonly Announcement[] =>
  now.flatMap((call): readonly Announcement[] => {
    const earlier = before.find((one) => one.session === call.session)
    if (canBeAnswered(call) && (earlier === undefined || !canBeAnswered(earlier))) {
      const name = shownName(locale, call.peer)
      const back = call.transferFailed
      const why = back === null ? '' : `${strings.several.transferEnded[back.outcome](shownName(locale, back.to))} `
      return [{ urgent: !call.silent, text: `${why}${incomingWords(call, now, name, strings)}` }]
    }
    if (isInvitation(call) && earlier === undefined) {
      return [{ urgent: false, text: strings.several.joinable(shownName(locale, call.peer)) }]
    }
    const text = ofOne(earlier, call, locale, strings)
    return text === null ? [] : [{ urgent: false, text }]
  })
