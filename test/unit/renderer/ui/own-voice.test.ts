// When somebody is told that they speak while muted, and that their microphone gives no sound.
import { describe, expect, it } from 'vitest'
import { hearOwnVoice, newOwnVoice, type VoiceNotice } from '../../../../renderer/state/own-voice.ts'

const everyMs = 200
/** What is shown after each of the levels, heard one after the other. */
const shown = (levels: readonly number[], muted: boolean): readonly VoiceNotice[] => {
  let heard = newOwnVoice(0)
  return levels.map((level, index) => {
    heard = hearOwnVoice(heard, { level, muted, at: (index + 1) * everyMs })
    return heard.notice
  })
}
const times = (count: number, ...levels: readonly number[]): readonly number[] =>
  Array.from({ length: count }, () => levels).flat()
const voice = 0.6
const room = 0.1

describe('speaking while muted', () => {
  it('is told after some words, pauses between them and all', () => {
    expect(shown(times(3, voice), true).at(-1)).toBe('speaksMuted')
    expect(shown(times(4, voice, voice, room), true)).toContain('speaksMuted')
  })

  it('is not told for a cough, a room, or a voice that is heard', () => {
    expect(new Set(shown([voice, voice, ...times(50, room)], true))).toEqual(new Set(['nothing']))
    expect(new Set(shown(times(100, room), true))).toEqual(new Set(['nothing']))
    expect(new Set(shown(times(100, voice), false))).toEqual(new Set(['nothing']))
  })

  it('stays for some seconds of silence, and goes at once with the muting', () => {
    const told = shown([...times(3, voice), ...times(25, room)], true)
    expect(told.slice(2, 20)).toEqual(times(18, 0).map(() => 'speaksMuted'))
    expect(told.at(-1)).toBe('nothing')
    let heard = newOwnVoice(0)
    for (let at = everyMs; at <= 800; at += everyMs) heard = hearOwnVoice(heard, { level: voice, muted: true, at })
    expect(hearOwnVoice(heard, { level: voice, muted: false, at: 1_000 }).notice).toBe('nothing')
  })

  it('takes no time for speech in which the page slept', () => {
    const slept = hearOwnVoice(newOwnVoice(0), { level: voice, muted: true, at: 60_000 })
    expect(slept.notice).toBe('nothing')
  })
})

describe('a microphone without any sound', () => {
  it('is told after twelve seconds, until there is one', () => {
    const told = shown([...times(60, 0), room], false)
    expect(told.slice(-3)).toEqual(['nothing', 'noSound', 'nothing'])
  })

  it('is not told of somebody who only listens, nor while muted', () => {
    expect(new Set(shown([room, ...times(200, 0)], false))).toEqual(new Set(['nothing']))
    expect(new Set(shown(times(200, 0), true))).toEqual(new Set(['nothing']))
  })
})
