// What pages must not be able to do, tried in the real app: the sandbox, the content security policy, navigation, foreign
// frames and windows, channels of another role, permissions, files outside.
import { readFileSync } from 'node:fs'
import type { WebContents, WebFrameMain } from 'electron'
import type { InvocationName } from '../../common/ipc.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { dialFromTray } from './calls.ts'
import { expect, test } from './fixtures.ts'

type Refusal = { readonly ok: boolean; readonly error?: { readonly code: string } }
const refused = { ok: false, error: { code: 'access_denied' } }

/**
 * Asks main over a channel with a real page and a real frame of it as the sender. Frames without our preload have no
 * way to send at all; main must not rely on that.
 */
const invokeAs = (
  { app }: PhoneApp,
  name: InvocationName,
  data: unknown,
  from: { readonly page: 'index.html' | 'ring.html'; readonly frame: 'top' | 'child' }
): Promise<Refusal> =>
  app.evaluate(
    async ({ ipcMain, webContents }, asked) => {
      type Invoke = (event: { sender: WebContents; senderFrame: WebFrameMain | undefined }, data: unknown) => unknown
      const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Invoke> })._invokeHandlers
      const sender = webContents.getAllWebContents().find((each) => each.getURL().endsWith(`/${asked.from.page}`))
      if (sender === undefined) throw new Error(`there is no ${asked.from.page}`)
      const senderFrame = asked.from.frame === 'top' ? sender.mainFrame : sender.mainFrame.frames[0]
      const invoke = handlers.get(`tamas:${asked.name}`)
      // Electron answers through the event in some versions and by the returned value in others.
      return new Promise<Refusal>((resolve, reject) => {
        const event = { sender, senderFrame, sendReply: resolve, _reply: resolve, _throw: reject }
        Promise.resolve(invoke?.(event, asked.data)).then((value) => {
          if (value !== undefined) resolve(value as Refusal)
        }, reject)
      })
    },
    { name, data, from }
  )

test('every page runs in the sandbox, and nothing turns it off', async ({ phone }) => {
  const a = await phone('101')
  const pages = await a.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((each) => each.getOSProcessId())
  )
  expect(pages.length).toBeGreaterThan(0)
  for (const pid of pages) {
    expect(/^Seccomp:\s*(\d)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]).toBe('2')
  }
  for (const pid of [a.pid, ...pages]) {
    const line = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
    expect(line).not.toContain('no-sandbox')
    expect(line).not.toContain('disable-setuid-sandbox')
  }
  expect(await a.page.evaluate(() => ['process', 'require', 'Buffer'].filter((name) => name in window))).toEqual([])
})

test('the policy stands on every answer and stops inline code and the network', async ({ phone }) => {
  const a = await phone('101')
  const answers = await a.app.evaluate(async ({ net }) => {
    const ask = async (url: string): Promise<{ status: number; policy: string; body: string }> => {
      const answer = await net.fetch(url)
      const policy = answer.headers.get('content-security-policy') ?? ''
      return { status: answer.status, policy, body: await answer.text() }
    }
    const names = ['index.html', 'ring.html', 'nothing.html']
    const escapes = ['../../package.json', '%2e%2e/%2e%2e/package.json', '..%2f..%2fpackage.json', '/etc/passwd', '']
    const outside = ['app://other/index.html']
    const urls = [...names, ...escapes].map((name) => `app://tamas/${name}`)
    const all = await Promise.all([...urls, ...outside].map(ask))
    return { pages: all.slice(0, names.length), escapes: all.slice(names.length) }
  })
  expect(answers.pages.map(({ status }) => status)).toEqual([200, 200, 404])
  for (const { policy } of [...answers.pages, ...answers.escapes]) {
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
  }
  for (const { status, body } of answers.escapes) {
    expect(status).toBe(404)
    expect(body).toBe('Not found')
  }

  const violated = await a.page.evaluate(
    () =>
      new Promise<{ directive: string; ran: boolean }>((resolve) => {
        addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          resolve({ directive: effectiveDirective, ran: 'wasRun' in window })
        })
        const script = document.createElement('script')
        script.textContent = 'window.wasRun = true'
        document.body.append(script)
      })
  )
  expect(violated).toEqual({ directive: 'script-src-elem', ran: false })
  expect(await a.page.evaluate(() => fetch('http://127.0.0.1:1/').then(() => 'reached', String))).toContain('TypeError')
})

test('a page goes nowhere and opens nothing', async ({ phone }) => {
  const a = await phone('101')
  const address = a.page.url()
  const tried = 'a page tried what it may not'
  const before = a.logLines(tried).length
  expect(await a.page.evaluate(() => window.open('https://example.org/') === null)).toBe(true)
  await expect.poll(() => a.logLines(tried).length).toBe(before + 1)
  await a.page.evaluate(() => {
    location.href = 'https://example.org/'
  })
  await expect.poll(() => a.logLines(tried).length).toBeGreaterThan(before + 1)
  expect(a.page.url()).toBe(address)
  expect(a.app.windows()).toHaveLength(1)
  expect((await a.snapshot()).link.state).toBe('joined')
})

test('foreign frames, foreign windows and the ring window are refused what is not theirs', async ({ phone, world }) => {
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  await b.page.evaluate(() => {
    document.body.append(document.createElement('iframe'))
  })
  expect(await invokeAs(b, 'app.load', {}, { page: 'index.html', frame: 'top' })).toMatchObject({ ok: true })
  expect(await invokeAs(b, 'app.load', {}, { page: 'index.html', frame: 'child' })).toMatchObject(refused)
  expect(await b.page.evaluate(() => 'tamas' in (document.querySelector('iframe')?.contentWindow ?? {}))).toBe(false)
  // A message that does not parse is refused with where it does not, even from the right page.
  expect(await invokeAs(b, 'call.dial', { to: '101', also: 1 }, { page: 'index.html', frame: 'top' })).toMatchObject({
    ok: false,
    error: { code: 'bad_request' }
  })

  // A window that main did not let in, though it has our preload and even our address.
  for (const url of ['data:text/html,foreign', 'app://tamas/index.html']) {
    const answer = await b.app.evaluate(
      async ({ BrowserWindow }, { url, preload }) => {
        const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
        try {
          await window.loadURL(url)
          return (await window.webContents.executeJavaScript(`window.tamas.dial({ to: '101' })`)) as Refusal
        } finally {
          window.destroy()
        }
      },
      { url, preload: `${world.appFolder}/dist/preload/index.cjs` }
    )
    expect(answer).toMatchObject(refused)
  }

  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  const ring = await b.ringPage()
  expect(await ring.evaluate(() => Object.keys(window.tamas).sort())).toEqual([
    'answer',
    'decline',
    'load',
    'onChanged'
  ])
  const from = { page: 'ring.html', frame: 'top' } as const
  expect(await invokeAs(b, 'ring.load', {}, from)).toMatchObject({ ok: true })
  const session = called.session() ?? ''
  const forbidden: readonly (readonly [InvocationName, unknown])[] = [
    ['app.load', {}],
    ['call.dial', { to: '103' }],
    ['call.hangUp', { session }],
    ['settings.change', { theme: 'dark' }],
    ['account.signOut', {}],
    ['media.attach', {}]
  ]
  for (const [name, data] of forbidden) expect(await invokeAs(b, name, data, from), name).toMatchObject(refused)
  expect(called.words()).toEqual(['ringing/L'])
  expect((await b.snapshot()).account.state).toBe('signedIn')
  await calling.waitFor('ringing')
})

test('permissions: the microphone, and nothing else', async ({ phone }) => {
  const a = await phone('101')
  const asked = await a.page.evaluate(async () => {
    const name = (error: unknown): string => (error instanceof Error ? error.name : String(error))
    const place = await new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : `code ${String(code)}`)
      )
    })
    return {
      place,
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', name),
      both: await navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(() => 'given', name),
      screen: await navigator.mediaDevices.getDisplayMedia().then(() => 'given', name),
      notifications: await Notification.requestPermission(),
      clipboard: await navigator.clipboard.readText().then(() => 'given', name),
      midi: await navigator.requestMIDIAccess({ sysex: true }).then(() => 'given', name),
      microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => {
        for (const track of stream.getTracks()) track.stop()
        return 'given'
      }, name)
    }
  })
  expect(asked.microphone).toBe('given')
  // Without the permission the lists of devices would have no names.
  const names = await a.page.evaluate(async () =>
    (await navigator.mediaDevices.enumerateDevices()).map(({ kind, label }) => `${kind} ${label}`)
  )
  expect(
    names.some((name) => name === `audioinput ${a.audio.microphone.name}`),
    names.join(', ')
  ).toBe(true)
  expect(
    names.some((name) => name === `audiooutput ${a.audio.speaker.name}`),
    names.join(', ')
  ).toBe(true)
  expect(asked.place).toBe('denied')
  expect(asked.notifications).toBe('denied')
  for (const what of ['camera', 'both', 'screen', 'clipboard', 'midi'] as const)
    expect(asked[what], what).not.toBe('given')
})
