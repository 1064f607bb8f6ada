// The bare call server: socket.io and mediasoup for two pages, prepared as a ringing call is: transports connected,
// consumers made and paused, resumed by the answer. No rights, no records, no states. Says by IPC where it is.
import { createServer } from 'node:http'
import { createWorker } from 'mediasoup'
import type {
  Consumer,
  DtlsParameters,
  Producer,
  RtpCapabilities,
  RtpParameters,
  WebRtcTransport
} from 'mediasoup/types'
import { Server, type Socket } from 'socket.io'
import { workerPath } from '../../../scripts/provision/paths.ts'

type Side = {
  readonly socket: Socket
  readonly send: WebRtcTransport
  readonly recv: WebRtcTransport
  capabilities?: RtpCapabilities
  producer?: Producer
  consumer?: Promise<Consumer>
}
type Ack = (value: unknown) => void
type Connecting = { readonly flow: 'send' | 'recv'; readonly dtlsParameters: DtlsParameters }

const port = Number(process.argv[2])
const worker = await createWorker({ workerBin: workerPath(), logLevel: 'error' })
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip: '127.0.0.1', port: port + 1 }))
})
const router = await worker.createRouter({
  mediaCodecs: [
    {
      kind: 'audio',
      mimeType: 'audio/opus',
      clockRate: 48_000,
      channels: 2,
      parameters: { useinbandfec: 1, minptime: 10, ptime: 20 }
    }
  ]
})
const sides = new Map<string, Side>()

const openTransport = () => router.createWebRtcTransport({ webRtcServer, preferUdp: true })
const described = ({ id, iceParameters, iceCandidates, dtlsParameters }: WebRtcTransport) => ({
  id,
  iceParameters,
  iceCandidates,
  dtlsParameters
})

const consume = async (to: Side, from: Side): Promise<void> => {
  if (to.capabilities === undefined || from.producer === undefined || to.consumer !== undefined) return
  // Kept before it is there: both sides' news lead here, and a second one would be the one that is resumed.
  to.consumer = to.recv.consume({
    producerId: from.producer.id,
    rtpCapabilities: to.capabilities,
    paused: true
  })
  const { id, producerId, rtpParameters } = await to.consumer
  to.socket.emit('consumer', { id, producerId, rtpParameters })
}

const link = (): void => {
  const [a, b] = [sides.get('a'), sides.get('b')]
  if (a === undefined || b === undefined) return
  void consume(a, b)
  void consume(b, a)
}

const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false })
io.on('connection', (socket) => {
  const name = String(socket.handshake.auth['side'])
  const mine = (): Side => {
    const side = sides.get(name)
    if (side === undefined) throw new Error('not open')
    return side
  }
  socket.on('open', (ack: Ack) => {
    void Promise.all([openTransport(), openTransport()]).then(([send, recv]) => {
      sides.set(name, { socket, send, recv })
      ack({ rtpCapabilities: router.rtpCapabilities, send: described(send), recv: described(recv) })
    })
  })
  socket.on('connect-transport', ({ flow, dtlsParameters }: Connecting, ack: Ack) => {
    const transport = mine()[flow]
    void transport.connect({ dtlsParameters }).then(() => ack({}))
  })
  socket.on('produce', ({ rtpParameters }: { rtpParameters: RtpParameters }, ack: Ack) => {
    const side = mine()
    void side.send.produce({ kind: 'audio', rtpParameters }).then((producer) => {
      side.producer = producer
      ack({ id: producer.id })
      link()
    })
  })
  socket.on('receive', ({ rtpCapabilities }: { rtpCapabilities: RtpCapabilities }, ack: Ack) => {
    mine().capabilities = rtpCapabilities
    ack({})
    link()
  })
  socket.on('answer', (ack: Ack) => {
    sides.get('a')?.socket.emit('answered')
    const consumers = [...sides.values()].flatMap(({ consumer }) => (consumer === undefined ? [] : [consumer]))
    void Promise.all(consumers.map(async (consumer) => (await consumer).resume())).then(ack)
  })
  socket.on('hang-up', (ack: Ack) => {
    for (const { send, recv } of sides.values()) {
      send.close()
      recv.close()
    }
    sides.clear()
    ack({})
  })
})
http.listen(port, '127.0.0.1', () => process.send?.('ready'))
process.once('disconnect', () => {
  worker.close()
  process.exit(0)
})
