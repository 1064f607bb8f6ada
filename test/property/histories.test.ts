// Random histories of phones and server together: the product's own machines on both sides, joined by a network that
// delays, repeats, stalls and breaks, with killed servers, apps and pages. Whatever happens, the rules hold.
//
// RUNS=100000 asks for more histories; SEED=random for others than the usual ones, SEED=… (and SEED_PATH=…, which is
// printed with a failure) for the same ones again.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { history, type History } from './history.ts'
import { play } from './play.ts'
import { askedSeed } from '../support/seed.ts'
import { short } from './rules.ts'

const runs = Number(process.env['RUNS'] ?? 5_000)
const seed = askedSeed(8)
const path = process.env['SEED_PATH']

/** What must have been met, or the histories say nothing of it. */
const expected = [
  ...['trying', 'ringing', 'ringing/L', 'accepted', 'accepted/L', 'conversation', 'paused', 'finished', 'finished/L'],
  ...['hangup', 'rejected', 'missed', 'busy', 'unreachable', 'killed', 'unknown'].map((reason) => `E(${reason})`),
  ...['media_connection_broken', 'messaging_connection_broken'].map((reason) => `E(${reason})`),
  ...['call_duration_exceeded', 'no_one_connected'].map((reason) => `E(${reason})`),
  ...['prepare', 'talk', 'hold', 'conference', 'waiting', 'silent', 'moving', 'joinable', 'transfer', 'held'],
  'E(hangup, transferred)',
  'E(call_received, answered_elsewhere)',
  'E(rejected, declined_elsewhere)',
  'E(call_received, glare)'
]

/** The failure as a story: what happened when, and who heard what. */
const tell = async (broken: History, wrong: string, counterexamplePath: string | null): Promise<string> => {
  const { story } = await play(broken, true)
  const again = `SEED=${seed}${counterexamplePath === null ? '' : ` SEED_PATH=${counterexamplePath}`}`
  return [wrong, '', ...story, '', JSON.stringify(broken), `again: ${again} RUNS=${runs} npm test -- property`].join(
    '\n'
  )
}

describe('phones and server together', () => {
  it(`keep the rules in any history (${runs} of them, SEED=${seed})`, { timeout: 120_000 + runs * 100 }, async () => {
    const seen = new Map<string, number>()
    const result = await fc.check(
      fc.asyncProperty(history, async (made) => {
        const { wrong, heard, met } = await play(made)
        if (wrong !== null) throw new Error(wrong)
        for (const each of [...heard.map(short), ...met]) seen.set(each, (seen.get(each) ?? 0) + 1)
      }),
      { numRuns: runs, seed, ...(path === undefined ? {} : { path }) }
    )
    if (result.failed) {
      const broken = result.counterexample?.[0]
      const error = result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance)
      expect.fail(broken === undefined ? error : await tell(broken, error, result.counterexamplePath))
    }
    if (runs >= 5_000 && path === undefined) {
      for (const each of expected) expect(seen.get(each) ?? 0, each).toBeGreaterThan(0)
    }
  })
})
