// Sends bytes to a server as they are and gives back the whole answer: for requests that no client library would send.
import { connect } from 'node:net'

/** The status and body of the answer; status 0 where the connection ended without one. */
export const sendRaw = (port: number, text: string): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve) => {
    let got = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => (got += chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1.1 (\d{3})/.exec(got)?.[1] ?? 0), text: got }))
  })
