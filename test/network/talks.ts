// What is asked of every measured talk, and the table that tells what it reached.
import { expect } from 'vitest'
import type { Profile } from './profiles.ts'
import { ms, percent, tableOf } from './table.ts'
import { liesOf, type Side, type Talk } from './talk.ts'

const healthy = new Set(['trying', 'ringing', 'accepted', 'conversation', 'paused', 'finished/L', 'finished'])

/** The call stayed up until it was hung up, what was shown is true, and sound was as good as the profile allows. */
export const expectGood = (talk: Talk, profile: Profile): void => {
  const story = JSON.stringify({ profile: talk.profile, seed: talk.seed, words: talk.words })
  expect(liesOf(talk.near), story).toEqual([])
  expect(liesOf(talk.far), story).toEqual([])
  for (const words of [talk.words.near, talk.words.far]) {
    const ends = words.filter((word) => word.startsWith('E('))
    expect(ends, story).toEqual(['E(hangup)'])
    const beforeEnd = words
      .slice(0, words.indexOf('E(hangup)'))
      .map((word) => word.replace(/^(ringing|accepted)\/L$/, '$1'))
    expect(
      beforeEnd.filter((word) => !healthy.has(word)),
      story
    ).toEqual([])
  }
  expect(talk.via, story).toBe(profile.via)
  for (const side of [talk.near, talk.far]) {
    expect(side.longestMs, story).toBeLessThan(profile.gapMs)
    expect(side.missing, story).toBeLessThanOrEqual(profile.missing)
    expect(side.heardAtEnd, story).toBe(true)
  }
}

const gapOf = ({ longestMs }: Side): string => (longestMs === 0 ? '-' : ms(longestMs))

export const talksTable = (talks: readonly Talk[]): string =>
  tableOf(
    [
      'line of the caller',
      'ring ms',
      'answer ms',
      'lost up',
      'lost down',
      'missing there',
      'here',
      'longest gap there',
      'here',
      'media',
      'paused'
    ],
    talks.map((talk) => [
      talk.profile,
      ms(talk.ringMs),
      ms(talk.answerMs),
      percent(talk.lost.up),
      percent(talk.lost.down),
      percent(talk.far.missing),
      percent(talk.near.missing),
      gapOf(talk.far),
      gapOf(talk.near),
      talk.via,
      String(talk.words.near.filter((word) => word === 'paused').length)
    ])
  )
