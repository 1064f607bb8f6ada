// What a check of calls can find, and how bad that is. Values only: the words are words.ts's, who finds is checks/*'s. Pure.
import type { ErrorCode } from '../../common/errors.ts'

/** In the order in which they are shown. */
export const subjects = ['server', 'clock', 'microphone', 'speaker', 'echo', 'tcp', 'udp', 'relay', 'talk'] as const
export type Subject = (typeof subjects)[number]

/** What was measured of the talk with Echo. Shares are 0 to 1. */
export type TalkNumbers = {
  /** Mean opinion score, estimated: 1 to 4.5. */
  readonly opinion: number
  readonly lossIn: number
  readonly lossOut: number
  /** How unevenly packets arrive; null where the browser does not tell. */
  readonly jitterMs: number | null
  readonly roundTripMs: number | null
}

/** Media by one way alone; `port` is the server's. */
type Way<S extends 'tcp' | 'udp'> =
  | { readonly of: S; readonly is: 'open'; readonly port: number }
  | { readonly of: S; readonly is: 'blocked'; readonly port: number }
  | { readonly of: S; readonly is: 'notOffered' | 'untried' }

export type Finding =
  | { readonly of: 'server'; readonly is: 'well' | 'slow'; readonly roundTripMs: number }
  | { readonly of: 'server'; readonly is: 'away' }
  | { readonly of: 'server'; readonly is: 'refused'; readonly code: ErrorCode }
  | { readonly of: 'clock'; readonly is: 'well' | 'unknown' }
  | { readonly of: 'clock'; readonly is: 'ahead' | 'behind'; readonly byMs: number }
  | { readonly of: 'microphone'; readonly is: 'heard' | 'quiet' | 'dead'; readonly device: string }
  | { readonly of: 'microphone'; readonly is: 'failed'; readonly code: ErrorCode }
  /** `heardBack`: by the microphone; `confirmed`: by the person. */
  | { readonly of: 'speaker'; readonly is: 'heardBack' | 'confirmed' | 'unheard'; readonly device: string }
  /** `none`: nothing of the speaker reaches the microphone. `removed`: it does, and is taken out of what is sent. */
  | { readonly of: 'echo'; readonly is: 'none' | 'removed' | 'untried' }
  | { readonly of: 'echo'; readonly is: 'comesBack'; readonly cancelling: boolean }
  | Way<'tcp'>
  | Way<'udp'>
  | { readonly of: 'relay'; readonly is: 'reached' | 'silent' | 'none' | 'untried' }
  | { readonly of: 'talk'; readonly is: 'good' | 'fair' | 'poor'; readonly numbers: TalkNumbers }
  /** `noEcho`: the server has nobody to talk to; `failed`: the talk did not come about; `unmeasured`: nothing arrived. */
  | { readonly of: 'talk'; readonly is: 'noEcho' | 'failed' | 'unmeasured' | 'untried' }

export type FindingOf<S extends Subject> = Extract<Finding, { of: S }>
export type Findings = { readonly [S in Subject]?: FindingOf<S> }

/** `well`: nothing to do. `mind`: calls go, but something is to be said. `bad`: calls suffer or fail. `open`: not known. */
export type Verdict = 'well' | 'mind' | 'bad' | 'open'

const bad = new Set(['away', 'refused', 'failed', 'dead', 'unheard', 'poor'])
const mind = new Set(['slow', 'ahead', 'behind', 'quiet', 'comesBack', 'silent', 'fair', 'unmeasured'])
const open = new Set(['unknown', 'untried', 'notOffered', 'noEcho', 'none'])

/** `found` is all there is: whether a way that is blocked matters depends on the other one. */
export const verdictOf = (finding: Finding, found: Findings): Verdict => {
  // No echo at all is as good as one that is removed, and few servers need a relay.
  if (finding.is === 'none') return finding.of === 'relay' ? 'open' : 'well'
  // One way is enough for a call; UDP is the better one.
  if (finding.of === 'udp' && finding.is === 'blocked' && found.tcp?.is === 'open') return 'mind'
  if (finding.of === 'tcp' && finding.is === 'blocked' && found.udp?.is === 'open') return 'well'
  if (finding.is === 'blocked' || bad.has(finding.is)) return 'bad'
  if (mind.has(finding.is)) return 'mind'
  return open.has(finding.is) ? 'open' : 'well'
}

export const adding = (found: Findings, more: readonly Finding[]): Findings => ({
  ...found,
  ...(Object.fromEntries(more.map((finding) => [finding.of, finding])) as Findings)
})

/** What is found, in the order in which it is shown. */
export const inOrder = (found: Findings): readonly Finding[] => subjects.flatMap((subject) => found[subject] ?? [])
