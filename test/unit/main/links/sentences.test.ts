// Every join result and every fault of a link has a sentence of its own in both languages, and the ones one can do
// something about say what.
import { describe, expect, it } from 'vitest'
import { catalogue, locales } from '../../../../common/i18n/index.ts'
import { mayTryAgain } from '../../../../common/links.ts'
import { joinResults } from '../../../../common/protocol/rest.ts'
import { errorCodes } from '../../../../common/errors.ts'
import { joinResultOf } from '../../../../main/session/join-result.ts'

/** What the sentence has to send the person to, by result. */
const advice: Record<(typeof joinResults)[number], Readonly<Record<'en' | 'fa', RegExp>>> = {
  success: { en: /joined/, fa: /پیوستید/ },
  sdk_version_not_supported: { en: /Update the app/, fa: /به‌روز کنید/ },
  access_denied: { en: /new link/, fa: /لینک تازه/ },
  invalid_call: { en: /for a new one/, fa: /لینک تازه/ },
  call_session_finished: { en: /already over.*new link/, fa: /پایان یافته.*لینک تازه/ },
  failed_to_connect: { en: /network and try again/, fa: /شبکه.*دوباره/ },
  unknown_error: { en: /Try again/, fa: /دوباره/ }
}

describe.each(locales)('in %s', (locale) => {
  const { results, faults } = catalogue(locale).links
  it.each(joinResults)('%s is a sentence with the next step', (result) => {
    expect(results[result]).toMatch(/^[\p{Lu}\p{Script=Arabic}].{10,}\.$/u)
    expect(results[result]).toMatch(advice[result][locale])
  })
  it('no two results and no two faults are told alike, and there is no eighth', () => {
    const told = [...Object.values(results), ...Object.values(faults)]
    expect(new Set(told).size).toBe(told.length)
    expect(Object.keys(results).sort()).toEqual([...joinResults].sort())
  })
})

it('only what may pass is offered again', () => {
  const again = joinResults.filter((result) => result !== 'success' && mayTryAgain(result))
  expect(again).toEqual(['failed_to_connect', 'unknown_error'])
})

it('a failure to ask is one of the results, and never a success', () => {
  const meant = (result: string) => errorCodes.filter((code) => joinResultOf({ code }) === result)
  expect(meant('failed_to_connect')).toEqual(['timeout', 'failed_to_connect', 'overloaded', 'unavailable'])
  for (const result of ['sdk_version_not_supported', 'access_denied', 'invalid_call', 'call_session_finished'] as const)
    expect(meant(result)).toEqual([result])
  expect(meant('success')).toEqual([])
})
