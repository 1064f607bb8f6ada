// What leaves the computer with a log: no shape of a token survives, whatever stands around it; people are taken out or not,
// as they chose, and stay the same people in all lines.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor, withoutSecrets } from '../../../../main/diagnostics/redact.ts'

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((all) => Buffer.from(all))
const tokens = fc.oneof(
  bytes.map((all) => all.toString('base64url')),
  bytes.map((all) => all.toString('base64')),
  bytes.map((all) => all.toString('hex')),
  bytes.map((all) => all.subarray(0, 16).toString('base64url'))
)
/** Text as a log has it, or nearly so. */
const around = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'token=',
    'Bearer ',
    '"accessToken":"',
    'authorization: Bearer ',
    '?code=',
    'x.',
    '("',
    '\n'
  ),
  fc.string({ maxLength: 12 }).map((text) => `${text} `)
)
const after = fc.constantFrom('', ' ', '"', '",', '}', ')', '&b=1', '.', '…')

describe('secrets', () => {
  it('of no shape survive, wherever they stand', () => {
    fc.assert(
      fc.property(around, tokens, after, (before, token, rest) => {
        const line = withoutSecrets(`${before}${token}${rest}`)
        expect(line).not.toContain(token)
        expect(line).not.toContain(token.slice(4, 20))
      }),
      { numRuns: 3_000 }
    )
  })

  it.each([
    ['password=hunter2 next=1', 'password=<secret> next=1'],
    ['{"refreshToken":"abc","a":1}', '{"refreshToken":<secret>,"a":1}'],
    ['authorization: Bearer abc', 'authorization: Bearer <secret>'],
    ['tamas://join?call=n1.abc&code=short', 'tamas://join?call=n1.abc&code=<secret>']
  ])('are known by their names: %s', (line, without) => {
    expect(withoutSecrets(line)).toBe(without)
  })

  it.each([
    '2026-11-23T11:17:03.676Z info call accepted part=phone callId=n1.bp6VfOQB6ajBK3h55zYweg epoch=2',
    'error uncaught error="TypeError: x is not a function\n at Object.run (/app/dist/main/index.cjs:12:4)"',
    'session=0f8fad5b-d9cb-469f-a165-70867728950e code=disconnected',
    '{"at":1763896623676,"kind":"onMediaStateChanged","oldState":"disconnected"}'
  ])('leave a line as it is where there are none: %s', (line) => {
    expect(withoutSecrets(line)).toBe(line)
  })
})

describe('people', () => {
  const redact = createRedactor([
    ['102', 'Kian Mohammadi', 'کیان محمدی'],
    ['101', 'Sara', '+98 912 000 1122'],
    ['10', 'Sara Ahmadi'],
    ['102', 'Big brother']
  ])

  it('are the same in all lines, by whatever name', () => {
    expect(redact('{"peer":"102","at":102}')).toBe('{"peer":"person-1","at":102}')
    expect(redact('to=101 Kian Mohammadi and کیان محمدی')).toBe('to=person-2 person-1 and person-1')
    expect(redact('Sara Ahmadi, Sara')).toBe('person-3, person-2')
    expect(redact('Big brother')).toBe('person-1')
    expect(redact('Saras')).toBe('Saras')
  })

  it('that nobody knows, addresses and whose computer it is are taken out too, each as one', () => {
    expect(redact('at https://calls.example.org/v1 and wss://calls.example.org')).toBe(
      'at https://host-1/v1 and wss://host-1'
    )
    expect(redact('/home/kian/.config/Tamas +989120001122 10.0.0.7')).toBe('/home/user-3/.config/Tamas number-4 host-2')
  })

  it('whom the directory has no more are strangers, the same in all lines', () => {
    const one = createRedactor([['102', 'Kian']])
    expect(one('{"peer":"former.colleague","at":1}')).toBe('{"peer":"stranger-1","at":1}')
    expect(one('username=former.colleague peer=102 peer=null')).toBe('username=stranger-1 peer=person-1 peer=null')
  })

  it('take no number for somebody where it is none', () => {
    expect(redact('status=102 epoch=101 10 ms')).toBe('status=102 epoch=101 10 ms')
  })
})
