// The server's configuration and its logger: defaults, variables, flags, and one clear sentence for what does not fit.
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../server/config.ts'
import { createLogger } from '../../../server/log.ts'

const sentence = (env: Record<string, string>, argv: string[] = []): string | undefined => {
  const result = readConfig(env, argv)
  return result.ok ? undefined : result.error.detail
}

describe('readConfig', () => {
  it('has a default for everything', () => {
    const result = readConfig({}, [])
    expect(result.ok && result.value).toMatchObject({
      host: '127.0.0.1',
      port: 7300,
      mediaPort: 7310,
      demo: false,
      databaseUrl: undefined,
      allowedOrigins: [],
      calls: { callsOfUser: 8, rules: { ringingMs: 60_000, pausedMs: 30_000 } },
      identity: { accessTokenMs: 900_000, refreshTokenMs: 2_592_000_000 }
    })
  })

  it('takes variables, and flags before them', () => {
    const env = {
      TAMAS_PORT: '1',
      TAMAS_CALL_RINGING_MS: '250',
      TAMAS_DEMO: 'yes',
      TAMAS_ALLOWED_ORIGINS: 'https://a.b, http://c:1'
    }
    const result = readConfig({ ...env, DATABASE_URL: 'postgres://x/y' }, ['--port', '2', '--demo', '--host=localhost'])
    expect(result.ok && result.value).toMatchObject({
      port: 2,
      host: 'localhost',
      demo: true,
      databaseUrl: 'postgres://x/y',
      allowedOrigins: ['https://a.b', 'http://c:1'],
      calls: { rules: { ringingMs: 250 } }
    })
  })

  it.each([
    [{ TAMAS_PORT: '70000' }, [], 'TAMAS_PORT must be a whole number from 0 to 65535.'],
    [{ TAMAS_PORT: 'x' }, [], 'TAMAS_PORT must be a whole number from 0 to 65535.'],
    [{ TAMAS_CALL_RINGING_MS: '0' }, [], /^TAMAS_CALL_RINGING_MS must be a whole number from 1 to /],
    [{}, ['--port', '-1'], '--port must be a whole number from 0 to 65535.'],
    [{}, ['--port', 'abc'], '--port must be a whole number from 0 to 65535.'],
    [{}, ['--port='], '--port must be a whole number from 0 to 65535.'],
    [{}, ['--port', '1e3'], '--port must be a whole number from 0 to 65535.'],
    [{ TAMAS_DEMO: 'perhaps' }, [], 'TAMAS_DEMO must be 1 or 0.'],
    [{ TAMAS_LOG_LEVEL: 'loud' }, [], 'TAMAS_LOG_LEVEL must be error, warn, info or debug.'],
    [{ TAMAS_HOST: 'x'.repeat(256) }, [], 'TAMAS_HOST must have 1 to 255 characters.'],
    [{ TAMAS_PUBLIC_URL: 'ftp://x' }, [], /^TAMAS_PUBLIC_URL must be an address/],
    [{}, ['--prot', '1'], 'There is no option --prot.'],
    [{}, ['--port'], '--port needs a value.'],
    [{ TAMAS_ALLOWED_ORIGINS: '*' }, [], /^TAMAS_ALLOWED_ORIGINS/],
    [{ TAMAS_ALLOWED_ORIGINS: 'https://a.b/path' }, [], /^TAMAS_ALLOWED_ORIGINS/],
    [{ TAMAS_NODE_ID: 'a.b' }, [], /^TAMAS_NODE_ID/],
    [{ TAMAS_HOST: '0.0.0.0' }, ['--demo'], /^The demo users .+ loopback host\.$/]
  ] as const)('%j %j is refused', (env, argv, text) => {
    expect(sentence({ ...env }, [...argv])).toMatch(text)
  })

  it('repeats no value, since a URL of a database holds a password', () => {
    const text = sentence({ DATABASE_URL: 'mysql://u:hunter2@x/y' })
    expect(text).toMatch(/^TAMAS_DATABASE_URL .*postgres:/)
    expect(text).not.toContain('hunter2')
  })
})

describe('createLogger', () => {
  it('writes lines of JSON at its level and above, and no field that could be a secret', () => {
    const lines: string[] = []
    const log = createLogger('info', { write: (line: string) => void lines.push(line) }).with({
      callId: 'c',
      accessToken: 's1'
    })
    log.debug('not shown')
    log.info('shown', { password: 's2', count: 2 })
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      msg: 'shown',
      callId: 'c',
      count: 2,
      password: '[removed]',
      accessToken: '[removed]'
    })
  })
})
