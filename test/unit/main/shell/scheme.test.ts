// The app:// scheme serves the built pages and nothing else.
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { contentSecurityPolicy, fileFor, isOwnUrl, serve } from '../../../../main/shell/scheme.ts'

const outside = mkdtempSync(path.join(tmpdir(), 'scheme-'))
const folder = path.join(outside, 'renderer')
mkdirSync(folder)
writeFileSync(path.join(outside, 'secret.html'), 'secret')
writeFileSync(path.join(outside, 'renderer-secret.html'), 'secret')
writeFileSync(path.join(folder, 'index.html'), '<p>page</p>')
afterAll(() => rmSync(outside, { recursive: true }))

const get = (url: string) => serve(folder, { url, method: 'GET' })

describe('not served', () => {
  it.each([
    'app://tamas/../secret.html',
    'app://tamas/%2e%2e/secret.html',
    'app://tamas/..%2fsecret.html',
    'app://tamas/%2e%2e%2fsecret.html',
    'app://tamas/..%5csecret.html',
    'app://tamas/a/..%2f..%2fsecret.html',
    'app://tamas/..%2frenderer-secret.html',
    'app://tamas/index.html%00.png',
    'app://tamas/%E0%A4%A',
    'app://tamas//etc/passwd',
    'app://tamas/',
    'app://tamas',
    'app://other/index.html',
    'app://tamas.example/index.html',
    'https://tamas/index.html',
    'app://tamas/index',
    'app://tamas/index.exe',
    'not a url'
  ])('%s', async (url) => {
    const answer = await get(url)
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain('secret')
  })

  it('anything but GET', async () => {
    expect((await serve(folder, { url: 'app://tamas/index.html', method: 'POST' })).status).toBe(404)
  })

  it('a file that is not there', async () => {
    expect((await get('app://tamas/missing.html')).status).toBe(404)
  })
})

it('never names a file outside its folder', () => {
  for (const url of [
    'app://tamas/..%2f..%2f..%2fetc/passwd.html',
    'app://tamas/....//secret.html',
    'app://tamas/./x.js'
  ]) {
    const file = fileFor(folder, url)
    if (file !== null) expect(file.startsWith(`${folder}${path.sep}`)).toBe(true)
  }
})

it('serves a page with its type, under the policy', async () => {
  const answer = await get('app://tamas/index.html?x=1#y')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
  expect(await answer.text()).toBe('<p>page</p>')
})

it('has a policy without a hole', () => {
  expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:/)
  expect(contentSecurityPolicy).toContain("default-src 'none'")
  expect(contentSecurityPolicy).toContain("connect-src 'none'")
})

it('knows its own pages', () => {
  expect(isOwnUrl('app://tamas/index.html')).toBe(true)
  for (const url of ['app://tamas.evil/', 'app://tamas@evil/', 'app://tamas', 'https://app://tamas/']) {
    expect(isOwnUrl(url)).toBe(false)
  }
})
