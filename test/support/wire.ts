// The wire between one test phone and the server, which can be cut: then neither hears of the other any more, and nobody
// is told, as where power or network fails. It carries signalling and REST, not media.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type Wire = {
  /** Where the phone finds the server. */
  readonly url: string
  /** From now on nothing gets through, in either direction, and both ends stay open. */
  readonly cut: () => void
  readonly close: () => void
}

export const createWire = async (server: string): Promise<Wire> => {
  const { hostname, port } = new URL(server)
  const ends = new Set<Socket>()
  let isCut = false

  const join = (from: Socket, to: Socket): void => {
    ends.add(from)
    from.on('data', (bytes) => {
      if (!isCut) to.write(bytes)
    })
    from.on('error', () => undefined)
    from.on('close', () => {
      ends.delete(from)
      if (!isCut) to.destroy()
    })
  }
  const proxy = createServer((near) => {
    const far = connect(Number(port), hostname)
    join(near, far)
    join(far, near)
  })
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
    },
    close: () => {
      for (const end of ends) end.destroy()
      proxy.close()
    }
  }
}
