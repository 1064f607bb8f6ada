// Which icon stands for how a call ended; a talk that was just ended needs none. Pure.
import Ban from '@lucide/svelte/icons/ban'
import CircleMinus from '@lucide/svelte/icons/circle-minus'
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark'
import CircleX from '@lucide/svelte/icons/circle-x'
import Merge from '@lucide/svelte/icons/merge'
import MonitorSmartphone from '@lucide/svelte/icons/monitor-smartphone'
import PhoneForwarded from '@lucide/svelte/icons/phone-forwarded'
import PhoneMissed from '@lucide/svelte/icons/phone-missed'
import PhoneOff from '@lucide/svelte/icons/phone-off'
import TimerOff from '@lucide/svelte/icons/timer-off'
import Unplug from '@lucide/svelte/icons/unplug'
import UserX from '@lucide/svelte/icons/user-x'
import type { Outcome } from '../../common/types.ts'

const icons: Readonly<Record<Outcome, typeof Ban | null>> = {
  ended: null,
  you_hung_up: null,
  they_hung_up: null,
  you_cancelled: CircleX,
  missed: PhoneMissed,
  missed_while_busy: PhoneMissed,
  no_answer: UserX,
  unreachable: Unplug,
  busy: CircleMinus,
  declined: PhoneOff,
  you_declined: PhoneOff,
  answered_elsewhere: MonitorSmartphone,
  declined_elsewhere: MonitorSmartphone,
  crossed: MonitorSmartphone,
  transferred: PhoneForwarded,
  merged: Merge,
  connection_lost: Unplug,
  media_lost: Unplug,
  time_up: TimerOff,
  ended_by_operator: Ban,
  nobody_joined: UserX,
  unknown: CircleQuestionMark
}

export const outcomeIcon = (outcome: Outcome): typeof Ban | null => icons[outcome]
