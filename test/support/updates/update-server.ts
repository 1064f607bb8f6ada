// A place for updates on this machine: what it announces and what it sends are a test's to choose. Real HTTP.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export type UpdateServer = {
  readonly url: string
  /** Announces a file and sends it; `sent` where what is sent is something else. */
  readonly offer: (name: string, version: string, bytes: Buffer, sent?: Buffer) => void
  /** Sends the rest of what is asked for only once it is let go on. */
  readonly pause: () => () => void
  /** What was asked for, in order. */
  readonly asked: () => readonly string[]
  readonly stop: () => Promise<void>
}

const announce = (name: string, version: string, bytes: Buffer): string => {
  const sha512 = createHash('sha512').update(bytes).digest('base64')
  return `version: ${version}
files:
  - url: ${name}
    sha512: ${sha512}
    size: ${String(bytes.length)}
path: ${name}
sha512: ${sha512}
releaseDate: '2026-11-23T00:00:00.000Z'
`
}

export const startUpdateServer = async (port = 0): Promise<UpdateServer> => {
  const files = new Map<string, Buffer>()
  const asked: string[] = []
  let mayGoOn: Promise<unknown> = Promise.resolve()
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '').split('?')[0] ?? '').slice(1)
    asked.push(name)
    const file = files.get(name)
    if (file === undefined) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-length': file.length })
    const half = name.endsWith('.yml') ? file.length : Math.ceil(file.length / 2)
    response.write(file.subarray(0, half))
    void mayGoOn.then(() => response.end(file.subarray(half)))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    offer: (name, version, bytes, sent = bytes) => {
      files.set('latest-linux.yml', Buffer.from(announce(name, version, bytes)))
      files.set(name, sent)
    },
    pause: () => {
      let goOn = (): void => undefined
      mayGoOn = new Promise<void>((resolve) => {
        goOn = resolve
      })
      return goOn
    },
    asked: () => asked,
    stop: async () => {
      server.closeAllConnections()
      await Promise.race([new Promise((resolve) => server.close(resolve)), delay(1_000)])
    }
  }
}
