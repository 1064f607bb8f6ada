// Finds a port that can be had on 127.0.0.1. Does not keep it: whoever asked has to bind it soon.
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

const host = '127.0.0.1'

const tcpFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(true)
      })
    })
  })

const udpFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => {
      resolve(false)
    })
    socket.bind({ port, address: host, exclusive: true }, () => {
      socket.close(() => {
        resolve(true)
      })
    })
  })

/** The first port from `wanted` on that is free for TCP and UDP. Throws where a hundred in a row are taken. */
export const freePort = async (wanted: number): Promise<number> => {
  for (let port = wanted; port < wanted + 100; port += 1) {
    if ((await tcpFree(port)) && (await udpFree(port))) return port
  }
  throw new Error(`No port is free from ${wanted} to ${wanted + 99}.`)
}
