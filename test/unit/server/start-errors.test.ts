// Why a server does not start: a sentence that names the setting to change, for what the system and the libraries say.
import { describe, expect, it } from 'vitest'
import { whyNotStarted } from '../../../server/start-errors.ts'
import { StoreUnavailable } from '../../../server/store/away.ts'

const where = {
  host: '127.0.0.1',
  port: 7300,
  mediaHost: '127.0.0.1',
  mediaPort: 7310,
  mediaWorkers: 2,
  dataDir: '/srv/tamas',
  databaseUrl: 'postgres://u:hunter2@x/y'
}
const system = (message: string, fields: object): Error => Object.assign(new Error(message), fields)
const mkdir = (code: string, path: string): Error =>
  system(`${code}: …, mkdir '${path}'`, { code, syscall: 'mkdir', path })
const why = (error: unknown): string => whyNotStarted(error, where)

describe('why a server does not start', () => {
  it.each([
    [mkdir('EEXIST', '/srv/tamas'), /^The data folder \/srv\/tamas cannot be used: it is a file.*TAMAS_DATA_DIR/],
    [mkdir('ENOTDIR', '/srv/tamas'), /a part of its path is a file.*TAMAS_DATA_DIR/],
    [mkdir('EACCES', '/srv'), /may not write there.*TAMAS_DATA_DIR/],
    [mkdir('EROFS', '/srv/tamas/database'), /read-only.*TAMAS_DATA_DIR/],
    [
      system('listen EADDRINUSE: address already in use 127.0.0.1:7300', { code: 'EADDRINUSE', syscall: 'listen' }),
      /^Port 7300 is taken on 127\.0\.0\.1.*TAMAS_PORT/
    ],
    [system('listen EADDRNOTAVAIL', { code: 'EADDRNOTAVAIL', syscall: 'listen' }), /no address 127.*TAMAS_HOST/],
    [system('listen EACCES', { code: 'EACCES', syscall: 'listen' }), /may not be opened.*TAMAS_PORT/],
    [
      new Error("uv_udp_bind() failed [protocol:udp, ip:'127.0.0.1', port:7311]: address already in use"),
      /^Media port 7311 \(UDP\) is taken on 127\.0\.0\.1\..*TAMAS_MEDIA_PORT.*2 workers/
    ],
    [
      new Error("uv_tcp_bind() failed [protocol:tcp, ip:'127.0.0.1', port:7310]: address already in use"),
      /^Media port 7310 \(TCP\) is taken.*TAMAS_MEDIA_PORT/
    ],
    [
      new Error("uv_udp_bind() failed [protocol:udp, ip:'10.9.9.9', port:7310]: address not available"),
      /no address .* for media.*TAMAS_MEDIA_HOST/
    ],
    [system('getaddrinfo ENOTFOUND x', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }), /TAMAS_MEDIA_HOST/],
    [system('spawn /x ENOENT', { code: 'ENOENT', syscall: 'spawn /x', path: '/x' }), /npm run provision/],
    [
      new StoreUnavailable(new Error('connect ECONNREFUSED 127.0.0.1:1')),
      'The database of DATABASE_URL cannot be used: connect ECONNREFUSED 127.0.0.1:1.'
    ]
  ])('%s', (error, sentence) => {
    expect(why(error)).toMatch(sentence)
  })

  it('tells the embedded database from another', () => {
    const text = whyNotStarted(new StoreUnavailable(new Error('no memory')), { ...where, databaseUrl: undefined })
    expect(text).toBe('The database in the data folder /srv/tamas cannot be used: no memory.')
  })

  it('tells what nobody has foreseen as it is', () => {
    expect(why(new Error('quite another thing'))).toBe('quite another thing')
    expect(why('text')).toBe('text')
    expect(why(mkdir('EACCES', '/elsewhere'))).toContain('EACCES')
  })
})
