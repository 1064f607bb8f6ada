// English: past calls, their list, one of them in full, and what can be done with them.
import type { TimelineEvent } from '../../protocol/history.ts'
import type { RecentsFilter } from '../../recents.ts'
import { plural } from './plural.ts'

const filters: Record<RecentsFilter, string> = {
  all: 'All',
  missed: 'Missed',
  incoming: 'Incoming',
  outgoing: 'Outgoing'
}
/** Where there is none of that kind. */
const none: Record<RecentsFilter, string> = {
  all: 'No calls yet',
  missed: 'No missed calls',
  incoming: 'No incoming calls',
  outgoing: 'No outgoing calls'
}

/** Nobody's act, this person's, the other's. */
type Said = { readonly nobody: string; readonly me: string; readonly them: string }
const same = (sentence: string): Said => ({ nobody: sentence, me: sentence, them: sentence })
const timeline: Record<TimelineEvent, Said> = {
  started: same('The call was started'),
  ringing: same('It rang'),
  answered: { nobody: 'Answered', me: 'You answered', them: 'They answered' },
  connected: same('The sound was connected'),
  held: { nobody: 'Put on hold', me: 'You put the call on hold', them: 'They put the call on hold' },
  resumed: { nobody: 'Taken off hold', me: 'You went on with the call', them: 'They went on with the call' },
  lost: same('The sound was lost for a while'),
  transfer: {
    nobody: 'The call was transferred',
    me: 'You connected them to somebody else',
    them: 'They connected you to somebody else'
  },
  conference: {
    nobody: 'It became a conference',
    me: 'You made it a conference',
    them: 'They made it a conference'
  },
  moved: {
    nobody: 'The call was moved to another device',
    me: 'You moved the call to another device',
    them: 'They moved the call to another device'
  },
  ended: same('The call ended')
}

export const recentsEn = {
  label: 'Recent calls',
  filterLabel: 'Which calls',
  filters,
  search: 'Search calls',
  found: (count: number, written: string) =>
    plural(count, { one: `${written} call found`, other: `${written} calls found` }),
  /** There are more that were not loaded yet. */
  foundMore: (written: string) => `More than ${written} calls found`,
  none,
  nothingFound: 'No matching calls',
  nothingFoundText: 'Try a part of the name or the number.',
  loading: 'Loading calls…',
  failed: 'Calls could not be loaded.',
  again: 'Try again',
  /** Above a list that is read without the server. */
  kept: 'Offline: showing calls saved on this computer.',
  /** Read after a name, where several calls are one row. */
  times: (count: number, written: string) => plural(count, { one: `${written} call`, other: `${written} calls` }),
  /** All of a row for screen readers: whom, what, when. */
  row: (name: string, how: string, when: string) => `${name}, ${how}, ${when}`,
  tools: 'What to do with these calls',
  saveCsv: 'Save as a table (CSV)',
  saveJson: 'Save as JSON',
  clear: 'Clear all calls…',
  clearTitle: 'Clear all calls?',
  clearText: 'They are removed from this list on all your devices. The people you talked to keep theirs.',
  clearYes: 'Clear all',
  remove: (name: string) => `Remove the call with ${name} from the list`,
  removed: (count: number, written: string) =>
    plural(count, { one: 'The call was removed.', other: `${written} calls were removed.` }),
  undo: 'Undo',
  details: {
    title: 'Call',
    callBack: 'Call back',
    callAgain: 'Call again',
    showPerson: (name: string) => `Show ${name}`,
    remove: 'Remove',
    time: 'Time',
    talk: 'Talk time',
    noTalk: 'None',
    device: 'Device',
    outcome: 'Outcome',
    how: 'How it went',
    away: 'How it went is shown when the server can be reached.'
  },
  timeline,
  file: {
    saved: 'The calls were saved.',
    columns: {
      time: 'Time (UTC)',
      direction: 'Direction',
      name: 'Name',
      number: 'Number',
      outcome: 'Outcome',
      seconds: 'Talk time (seconds)'
    }
  }
}
