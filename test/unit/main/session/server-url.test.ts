// What a person may type as the server.
import { describe, expect, it } from 'vitest'
import { readServerUrl } from '../../../../main/session/server-url.ts'

describe('server address', () => {
  it.each([
    ['127.0.0.1:7300', 'http://127.0.0.1:7300'],
    ['localhost:7300', 'http://localhost:7300'],
    ['[::1]:7300', 'http://[::1]:7300'],
    ['http://127.0.0.1:7300/', 'http://127.0.0.1:7300'],
    ['  https://call.example.com/path?x=1 ', 'https://call.example.com'],
    ['wss://call.example.com', 'https://call.example.com'],
    ['call.example.com', 'https://call.example.com'],
    ['call.example.com:8443', 'https://call.example.com:8443'],
    ['HTTPS://Call.Example.com', 'https://call.example.com'],
    ['192.168.1.5:7300', 'https://192.168.1.5:7300']
  ])('%s → %s', (typed, origin) => {
    expect(readServerUrl(typed)).toEqual({ ok: true, value: origin })
  })

  it.each([
    ['http://call.example.com', 'insecure_server'],
    ['ws://call.example.com', 'insecure_server'],
    ['http://127.0.0.1.example.com', 'insecure_server'],
    ['http://128.0.0.1', 'insecure_server'],
    ['', 'bad_request'],
    ['http://', 'bad_request'],
    ['file:///etc/passwd', 'bad_request'],
    ['https://user:word@call.example.com', 'bad_request'],
    ['two words', 'bad_request']
  ])('%s is refused: %s', (typed, code) => {
    expect(readServerUrl(typed)).toMatchObject({ ok: false, error: { code } })
  })
})
