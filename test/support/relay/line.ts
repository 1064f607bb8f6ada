// The line of one phone, or of the whole server: a relay in user space between phones and server for signalling (TCP)
// and media (UDP and TCP), which can be made as bad as lines are. It sees bytes only and knows no calls.
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { MediaOpening } from '../../../common/protocol/media.ts'
import { clean, type Impairment } from './impairment.ts'
import { createPipe, type PipeStats } from './pipe.ts'

export type LineStats = {
  readonly up: PipeStats
  readonly down: PipeStats
  /** Media that got through to the server and from it, in packets and chunks. */
  readonly udp: number
  readonly tcp: number
}

export type Line = {
  /** Where a phone finds the server through this line. */
  readonly url: string
  readonly media: { readonly address: string; readonly port: number }
  /** Both ways, from the next packet on. */
  readonly set: (impairment: Impairment) => void
  /** Nothing gets through and nobody is told; streams go on after `mend` where they stopped. */
  readonly cut: () => void
  readonly mend: () => void
  /** A firewall that lets no datagram through. */
  readonly blockUdp: (blocked: boolean) => void
  /** From now on the server sees this line at another address and other ports; connections of the old one are dead. */
  readonly move: (address: string) => void
  /** Tells the phone that the way to the media leads through this line. */
  readonly lead: (opening: MediaOpening) => MediaOpening
  readonly stats: () => LineStats
  readonly close: () => Promise<void>
}

export type LineOptions = {
  /** The call server. */
  readonly server: string
  readonly mediaPort: number
  readonly seed: number
  readonly impairment?: Impairment
  /** Where the line listens for media. Where the server announces this address, `mediaPort` has to be the same. */
  readonly address?: string
  readonly port?: number
}

const serverAddress = '127.0.0.1'

type Flow = { readonly reply: (message: Buffer) => void; back: UdpSocket }
/** Both ends of one TCP connection and what waits because the line is cut. */
type Pair = { readonly near: Socket; readonly far: Socket; isDead: boolean; held: (() => void)[] }

const listenTcp = (server: Server, address: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      resolve((server.address() as AddressInfo).port)
    })
  })

const bindUdp = (socket: UdpSocket, address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, address, () => {
      socket.off('error', reject)
      socket.on('error', () => undefined)
      resolve()
    })
  })

export const createLine = async (options: LineOptions): Promise<Line> => {
  const { server, mediaPort, seed, impairment = clean, address = '127.0.0.2' } = options
  const signalling = new URL(server)
  const up = createPipe(seed, impairment)
  const down = createPipe(seed ^ 0x5bd1e995, impairment)
  const flows = new Map<string, Flow>()
  const pairs = new Set<Pair>()
  const counts = { udp: 0, tcp: 0 }
  let isCut = false
  let udpBlocked = false
  let from = serverAddress

  const open = (): boolean => !isCut && !udpBlocked

  // ── datagrams ──
  const front = createSocket('udp4')
  const newBack = (flow: () => Flow | undefined): UdpSocket => {
    const back = createSocket('udp4')
    back.on('error', () => undefined)
    back.on('message', (message) => {
      if (!open()) return
      down.send(message.length, () => {
        if (open() && flow()?.back === back) flow()?.reply(message)
      })
    })
    back.bind(0, from)
    return back
  }
  const flowOf = (phone: string, port: number): Flow => {
    const key = `${phone}:${port}`
    const known = flows.get(key)
    if (known !== undefined) return known
    const flow: Flow = {
      back: newBack(() => flows.get(key)),
      reply: (message) => {
        counts.udp += 1
        front.send(message, port, phone)
      }
    }
    flows.set(key, flow)
    return flow
  }
  front.on('message', (message, phone) => {
    if (!open()) return
    const flow = flowOf(phone.address, phone.port)
    up.send(message.length, () => {
      if (!open()) return
      counts.udp += 1
      flow.back.send(message, mediaPort, serverAddress)
    })
  })

  // ── streams ──
  const join = (pair: Pair, source: Socket, target: Socket, pipe: typeof up, isMedia: boolean): void => {
    const send = pipe.newStream()
    const arrive = (act: () => void): void => {
      if (pair.isDead) return
      if (isCut) pair.held.push(act)
      else act()
    }
    source.on('data', (bytes) => {
      send(bytes.length, () => {
        arrive(() => {
          if (isMedia) counts.tcp += 1
          target.write(bytes)
        })
      })
    })
    source.on('error', () => undefined)
    source.on('close', () => {
      send(0, () => {
        arrive(() => {
          target.destroy()
          pairs.delete(pair)
        })
      })
    })
  }
  const newFront = (port: number, isMedia: boolean): Server =>
    createServer((near) => {
      const far = connect({ port, host: serverAddress, localAddress: from })
      for (const end of [near, far]) end.setNoDelay(true)
      const pair: Pair = { near, far, isDead: false, held: [] }
      pairs.add(pair)
      join(pair, near, far, up, isMedia)
      join(pair, far, near, down, isMedia)
    })
  const signallingFront = newFront(Number(signalling.port), false)
  const mediaFront = newFront(mediaPort, true)

  const signallingPort = await listenTcp(signallingFront, serverAddress, 0)
  const port = await listenTcp(mediaFront, address, options.port ?? 0)
  await bindUdp(front, address, port)

  return {
    url: `http://${serverAddress}:${signallingPort}`,
    media: { address, port },
    set: (next) => {
      up.set(next)
      down.set(next)
    },
    cut: () => {
      isCut = true
    },
    mend: () => {
      isCut = false
      for (const pair of pairs) {
        if (pair.isDead) continue
        for (const act of pair.held.splice(0)) act()
      }
    },
    blockUdp: (blocked) => {
      udpBlocked = blocked
    },
    move: (address) => {
      from = address
      for (const pair of pairs) pair.isDead = true
      for (const [key, flow] of flows) {
        flow.back.close()
        flow.back = newBack(() => flows.get(key))
      }
    },
    lead: (opening) => {
      const through = (end: MediaOpening['send']): MediaOpening['send'] => ({
        ...end,
        iceCandidates: end.iceCandidates.map((candidate) => ({ ...candidate, ip: address, address, port }))
      })
      return { ...opening, send: through(opening.send), recv: through(opening.recv) }
    },
    stats: () => ({ up: up.stats(), down: down.stats(), ...counts }),
    close: async () => {
      up.close()
      down.close()
      for (const { near, far } of pairs) {
        near.destroy()
        far.destroy()
      }
      for (const { back } of flows.values()) back.close()
      flows.clear()
      await Promise.all([
        new Promise<void>((resolve) => front.close(resolve)),
        ...[signallingFront, mediaFront].map((one) => new Promise((resolve) => one.close(resolve)))
      ])
    }
  }
}
