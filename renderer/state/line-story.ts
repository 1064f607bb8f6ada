// The last two minutes of a line, look by look, and the samples that are made of it for the record of the call: a few looks
// each. Pure; talk-stories.svelte.ts hears the looks.
import { sampleMs } from '../../common/quality.ts'
import type { MeasuredSample } from '../../common/types.ts'
import type { LineLook } from './media-port.ts'

export const storyMs = 120_000
/** Longer than any pause between two looks that belong together. */
const longestSpanMs = 10_000

export type LineStory = {
  /** Oldest first. */
  readonly looks: readonly LineLook[]
  /** Of these the next sample is made. */
  readonly gathered: readonly LineLook[]
  /** How many samples were made. */
  readonly made: number
}

export const newStory: LineStory = { looks: [], gathered: [], made: 0 }

/** A look at a line that could be judged. */
type Judged = LineLook & {
  readonly quality: { readonly opinion: number }
  readonly measures: NonNullable<LineLook['measures']>
}
const isJudged = (look: LineLook): look is Judged => look.quality.opinion !== null && look.measures !== null

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
const longestMs = 60_000
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** What hurt in the worst of them. */
const causeOf = (looks: readonly Judged[]): MeasuredSample['cause'] => {
  const worst = looks.reduce((one, other) => (other.quality.opinion < one.quality.opinion ? other : one))
  const { cause } = worst.quality
  if (cause === null) return null
  return { kind: cause.kind, whose: cause.kind === 'delay' ? 'unknown' : cause.whose }
}

const spanOf = (looks: readonly LineLook[]): number =>
  looks.reduce((sum, { spanMs }) => sum + Math.min(spanMs, longestSpanMs), 0)

/** Null where nothing could be judged. What the browser says is kept within what the record takes. */
export const sampleOf = (looks: readonly LineLook[]): MeasuredSample | null => {
  const judged = looks.filter(isJudged)
  const spanMs = Math.round(spanOf(judged))
  if (judged.length === 0 || spanMs <= 0) return null
  const of = (read: (look: Judged) => number) => mean(judged.map(read))
  const trips = judged.flatMap(({ measures }) => measures.roundTripMs ?? [])
  const jitters = judged.flatMap(({ facts }) => facts?.jitterMs ?? [])
  const share = (value: number) => Number(within(value, 0, 1).toFixed(4))
  const ms = (value: number) => Number(within(value, 0, longestMs).toFixed(1))
  return {
    spanMs: within(spanMs, 1, longestMs),
    mos: Number(
      within(
        of(({ quality }) => quality.opinion),
        1,
        5
      ).toFixed(2)
    ),
    lossIn: share(of(({ measures }) => measures.lossIn)),
    lossOut: share(of(({ measures }) => measures.lossOut)),
    jitterMs: jitters.length === 0 ? 0 : ms(mean(jitters)),
    delayMs: ms(of(({ measures }) => measures.delayMs)),
    roundTripMs: trips.length === 0 ? null : ms(mean(trips)),
    cause: causeOf(judged)
  }
}

type Told = { readonly story: LineStory; readonly sample: MeasuredSample | null }

/** Makes a sample of what was gathered so far: the talk is over, or on hold. */
export const finish = (story: LineStory): Told => {
  const sample = sampleOf(story.gathered)
  return { story: { ...story, gathered: [], made: story.made + (sample === null ? 0 : 1) }, sample }
}

/** The story after another look. */
export const hear = (story: LineStory, look: LineLook): Told => {
  const looks = [...story.looks, look].filter(({ atMs }) => look.atMs - atMs <= storyMs)
  if (!isJudged(look)) return finish({ ...story, looks })
  const heard = { ...story, looks, gathered: [...story.gathered, look] }
  // A timer may come a little early.
  return spanOf(heard.gathered) >= sampleMs(story.made) - 500 ? finish(heard) : { story: heard, sample: null }
}

/** By the session of the call: one of a talk, two of a conference. */
export type LineStories = ReadonlyMap<string, LineStory>
export const noStories: LineStories = new Map()

/** The stories after a look at all lines of the talk, and the samples that came of it. A call that is not there is over. */
export const hearAll = (
  before: LineStories,
  looks: readonly LineLook[]
): {
  readonly stories: LineStories
  readonly samples: readonly { readonly session: string; readonly sample: MeasuredSample }[]
} => {
  const told = looks.map((look) => ({ session: look.session, ...hear(before.get(look.session) ?? newStory, look) }))
  const stories = new Map(told.map(({ session, story }) => [session, story]))
  const over = [...before].flatMap(([session, story]) =>
    stories.has(session) ? [] : [{ session, sample: finish(story).sample }]
  )
  return {
    stories,
    samples: [...told, ...over].flatMap(({ session, sample }) => (sample === null ? [] : [{ session, sample }]))
  }
}
