// The phone as `status` says it: for programs, and as lines for people. Pure.
import { isLive } from '../../common/call/status.ts'
import { catalogue, nameIn } from '../../common/i18n/index.ts'
import type { PhoneStatus } from '../../common/protocol/command.ts'
import type { AppSnapshot, CallView } from '../../common/snapshot.ts'
import { callLine } from '../shell/call-words.ts'
import { personLabel } from '../shell/people.ts'
import { written } from '../shell/written.ts'

const talkMs = ({ talk }: CallView, now: number): number =>
  talk.ms + (talk.since === null ? 0 : Math.max(0, now - talk.since))

const liveCalls = ({ calls }: AppSnapshot): readonly CallView[] => calls.filter(({ status }) => isLive(status))

/** `now` is the app's clock, by which talk time runs. */
export const phoneStatusOf = (snapshot: AppSnapshot, now: number): PhoneStatus => {
  const { locale, account, link, preferences, missed } = snapshot
  const user = account.state === 'signedIn' || account.state === 'guest' ? account.user : null
  return {
    account: account.state,
    username: user?.username ?? null,
    server: account.state === 'signedOut' ? null : account.server,
    connected: link.state === 'joined',
    doNotDisturb: preferences.doNotDisturb,
    missed,
    calls: liveCalls(snapshot).map((call) => ({
      username: call.peer.username,
      name: nameIn(locale, call.peer.names),
      direction: call.direction,
      status: call.status,
      talking: call.floor,
      muted: call.muted,
      held: call.held.mine,
      talkMs: Math.round(talkMs(call, now))
    }))
  }
}

const accountLines = ({ locale, account, link }: AppSnapshot): readonly string[] => {
  const { command, shell } = catalogue(locale)
  if (account.state !== 'signedIn' && account.state !== 'guest') return [shell.signedOut]
  const say = account.state === 'guest' ? command.status.guest : command.status.signedIn
  return [
    say(personLabel(locale, account.user), account.server),
    link.state === 'joined' ? shell.online : shell.offline
  ]
}

export const statusText = (snapshot: AppSnapshot, now: number): string => {
  const { locale, preferences, missed } = snapshot
  const { command, shell, several } = catalogue(locale)
  const format = written(snapshot)
  const callText = (call: CallView): string =>
    [
      callLine(locale, call),
      ...(talkMs(call, now) > 0 ? [format.timer(talkMs(call, now))] : []),
      ...(call.muted ? [command.status.muted] : [])
    ].join(shell.listSeparator)
  const calls = liveCalls(snapshot).map(callText)
  return [
    ...accountLines(snapshot),
    ...(preferences.doNotDisturb === 'off' ? [] : [several.disturb.isOn(several.disturb[preferences.doNotDisturb])]),
    ...(missed === 0 ? [] : [shell.missedCount(missed, format.count(missed))]),
    ...(calls.length === 0 ? [command.status.noCalls] : calls)
  ].join('\n')
}
