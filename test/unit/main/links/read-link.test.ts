// What links ask for, line by line, and what hostile or broken ones come to. The expectations are written by hand.
import { describe, expect, it } from 'vitest'
import { isLink } from '../../../../common/links.ts'
import { createArrivals, linkInArguments } from '../../../../main/links/arrivals.ts'
import { readLink } from '../../../../main/links/read-link.ts'

const code = 'c0de_C0DE-c0de_C0DE-c0de'
const join = (server: string, call = 'n1.abc-_9', secret = code): string =>
  `tamas://join?${new URLSearchParams({ server, call, code: secret }).toString()}`
const joined = (server: string, callId = 'n1.abc-_9') => ({
  ok: true,
  target: { kind: 'join', server, callId, code }
})
const dial = (to: string, extension: string | null = null) => ({ ok: true, target: { kind: 'dial', to, extension } })
const [unknown, damaged, insecure] = (['unknown', 'damaged', 'insecure'] as const).map((fault) => ({
  ok: false,
  fault
}))

describe('a join link', () => {
  it.each([
    [join('https://calls.example'), 'https://calls.example'],
    [join('https://calls.example/'), 'https://calls.example'],
    [join('https://calls.example:8443'), 'https://calls.example:8443'],
    [join('HTTPS://Calls.Example'), 'https://calls.example'],
    [join('http://127.0.0.1:7300'), 'http://127.0.0.1:7300'],
    [join('http://[::1]:7300'), 'http://[::1]:7300'],
    [join('http://localhost:7300'), 'http://localhost:7300'],
    [join('https://calls.example').replace('join?', 'join/?'), 'https://calls.example'],
    [join('https://calls.example').replace('//join', 'join'), 'https://calls.example'],
    [`  ${join('https://calls.example')}\n`, 'https://calls.example'],
    [`${join('https://calls.example')}&utm=mail`, 'https://calls.example']
  ])('%s', (link, server) => {
    expect(readLink(link)).toEqual(joined(server))
  })

  it.each([
    ['http beyond this machine', join('http://calls.example'), insecure],
    ['http to what only looks like this machine', join('http://127.0.0.1.evil.example'), insecure],
    ['another scheme for the server', join('ftp://calls.example'), damaged],
    ['websocket as the server', join('ws://calls.example'), damaged],
    ['a script as the server', join('javascript:alert(1)'), damaged],
    ['a file as the server', join('file:///etc/passwd'), damaged],
    ['no scheme for the server', join('calls.example'), damaged],
    ['credentials in the server', join('https://me:pw@calls.example'), damaged],
    ['a name before the server', join('https://calls.example@evil.example'), damaged],
    ['an empty name before the server', join('https://@calls.example'), damaged],
    ['a path in the server', join('https://calls.example/v1/evil'), damaged],
    ['a query in the server', join('https://calls.example/?x=1'), damaged],
    ['an empty query in the server', join('https://calls.example?'), damaged],
    ['a fragment in the server', join('https://calls.example#x'), damaged],
    ['a backslash in the server', join('https:\\\\calls.example'), damaged],
    ['a server that is too long', join(`https://${'a'.repeat(600)}.example`), damaged],
    ['no server', `tamas://join?call=n1.a&code=${code}`, damaged],
    ['no call', `tamas://join?server=https%3A%2F%2Fa.example&code=${code}`, damaged],
    ['no code', 'tamas://join?server=https%3A%2F%2Fa.example&call=n1.a', damaged],
    ['two servers', `${join('https://a.example')}&server=https%3A%2F%2Fb.example`, damaged],
    ['two codes', `${join('https://a.example')}&code=${code}`, damaged],
    ['a short code', join('https://a.example', 'n1.a', 'short'), damaged],
    ['a long code', join('https://a.example', 'n1.a', 'x'.repeat(129)), damaged],
    ['a code with a space', join('https://a.example', 'n1.a', `${code} x`), damaged],
    ['a call that climbs', join('https://a.example', '../../v1/sessions'), damaged],
    ['a call with a line end', join('https://a.example', 'n1.a\nSet-Cookie: x'), damaged],
    ['a call that is too long', join('https://a.example', 'n'.repeat(65)), damaged],
    ['credentials in the link', join('https://a.example').replace('//', '//me:pw@'), damaged],
    ['a fragment', `${join('https://a.example')}#code`, damaged],
    ['a raw line end', `tamas://join?server=https://a.example\r\n&call=n1.a&code=${code}`, damaged],
    ['a tab inside the scheme', 'ta\tmas://join', damaged],
    ['a null', `${join('https://a.example')}\u0000`, damaged],
    ['a link that is too long', `${join('https://a.example')}&x=${'x'.repeat(3_000)}`, damaged],
    ['another deed', join('https://a.example').replace('join', 'settings'), unknown],
    ['a deed below', join('https://a.example').replace('join?', 'join/../quit?'), unknown],
    ['a port on the deed', join('https://a.example').replace('join?', 'join:80?'), unknown],
    ['nothing', 'tamas:', unknown]
  ])('%s', (_what, link, answer) => {
    expect(readLink(link)).toEqual(answer)
  })
})

describe('a link with a number', () => {
  it.each([
    ['tel:101', '101'],
    ['TEL:101', '101'],
    ['tel:+98-21-8877.6655', '+982188776655'],
    ['tel:(021)%2088', '02188'],
    ['tel:%2B9821', '+9821'],
    ['tel:*21%23', '*21#'],
    ['tel://101', '101'],
    ['tel:۰۲۱٤٥', '02145'],
    ['tel:%DB%B1%DB%B0%DB%B1', '101'],
    ['callto:102', '102'],
    ['callto:kian', 'kian'],
    ['callto://kian', 'kian'],
    ['sip:101@pbx.example;transport=udp?subject=x', '101'],
    ['sip:kian.d@pbx.example', 'kian.d'],
    ['sip:101', '101'],
    ['sips:101@pbx.example', '101'],
    ['SIPS:kian@pbx.example', 'kian']
  ])('%s', (link, to) => {
    expect(readLink(link)).toEqual(dial(to))
  })

  it.each([
    ['tel:+1-201-555-0123;ext=4;phone-context=x', '4'],
    ['tel:+12015550123;phone-context=x;EXT=0-4', '04'],
    ['tel:+12015550123;ext=%DB%B4%2A', '4*'],
    ['tel:+12015550123;ext=', null],
    ['tel:+12015550123;ext=4,,9', null],
    ['tel:+12015550123;ext=%0d4', null],
    [`tel:+12015550123;ext=${'4'.repeat(17)}`, null],
    ['tel:+12015550123;next=4', null]
  ])('%s names the extension %s', (link, extension) => {
    expect(readLink(link)).toEqual(dial('+12015550123', extension))
  })

  it.each([
    ['tel:'],
    ['tel:;ext=1'],
    ['tel:abc'],
    ['tel:101?body=x'],
    ['tel:++98'],
    ['tel:1+2'],
    [`tel:${'1'.repeat(33)}`],
    ['tel:%'],
    ['tel:%00101'],
    ['tel:101,,1'],
    ['tel:--user-data-dir=/tmp'],
    ['tel:101/../102'],
    ['sip:101:secret@pbx.example'],
    ['sip:@pbx.example'],
    ['sip:a%20b@pbx.example'],
    ['sip:%E2%80%AE101@pbx.example'],
    [`sip:${'a'.repeat(65)}@pbx.example`],
    ['callto:<script>']
  ])('%s can not be used', (link) => {
    expect(readLink(link)).toEqual(damaged)
  })

  it.each([
    'https://calls.example',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'mailto:a@b.example',
    '101',
    '',
    '::'
  ])('%s is no link of ours', (text) => {
    expect(readLink(text)).toEqual(unknown)
    expect(isLink(text)).toBe(false)
  })
})

describe('what reaches the app', () => {
  const link = join('https://a.example')
  it('is found among arguments whole, after the program, never in a switch', () => {
    expect(linkInArguments(['/usr/bin/tamas', '--hidden', '--', link])).toBe(link)
    expect(linkInArguments(['/usr/bin/tamas', 'tel:101', 'tel:102'])).toBe('tel:102')
    expect(linkInArguments([link, '--hidden'])).toBeNull()
    expect(linkInArguments(['/usr/bin/tamas', `--open=${link}`, `-x ${link}`, '/home/me/tel:101'])).toBeNull()
    expect(linkInArguments(['/usr/bin/tamas', `${link} --no-sandbox`])).toBeNull()
    expect(linkInArguments([])).toBeNull()
  })

  it('waits until somebody listens: the last link of those that came before', () => {
    const heard: (string | null)[] = []
    const arrivals = createArrivals(['/usr/bin/tamas', link])
    arrivals.arrived('tel:101')
    arrivals.arrived('https://no.link.example')
    arrivals.listen((each) => heard.push(each))
    expect(heard).toEqual(['tel:101'])
    arrivals.arrived('tel:102')
    arrivals.startedAgain(['/usr/bin/tamas'])
    arrivals.startedAgain(['/usr/bin/tamas', '--', link])
    expect(heard).toEqual(['tel:101', 'tel:102', null, link])
  })

  it('is nothing where the app was started without a link', () => {
    const heard: (string | null)[] = []
    createArrivals(['/usr/bin/tamas', '--hidden']).listen((each) => heard.push(each))
    expect(heard).toEqual([])
  })
})
