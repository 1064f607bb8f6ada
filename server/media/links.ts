// One way of sound: a consumer from one leg's producer to another leg. Makes it paused, then lets it flow or stops it
// as told. Does not know why.
import type { Consumer, Producer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types'
import type { Logger } from '../../common/log.ts'

/**
 *   making ──▶ paused ◀──set(false)── set(true)──▶ flowing
 *     └─────────┴──────────────┬────────────────────┘
 *                              ▼
 *                            closed
 */
export type Link = {
  /** Whether packets shall flow; takes effect as soon as the consumer is there. */
  readonly set: (flow: boolean) => void
  /** The worker has done what was last told, and that was to let it flow. */
  readonly isFlowing: () => boolean
  readonly consumer: () => Consumer | null
  readonly close: () => void
}

export type LinkDeps = {
  readonly producer: Producer
  readonly sink: { readonly transport: WebRtcTransport; readonly capabilities: RtpCapabilities }
  /** The consumer is there, paused: the phone can be told. */
  readonly onMade: (consumer: Consumer) => void
  /** `isFlowing` may answer differently now. */
  readonly onChange: () => void
  readonly log: Logger
}

export const createLink = ({ producer, sink, onMade, onChange, log }: LinkDeps): Link => {
  let consumer: Consumer | null = null
  let wanted = false
  /** What the worker was last asked, and what it last said it has done. */
  let asked = false
  let done = false
  let closed = false

  const failed = (error: unknown, doing: string): void => {
    // A transport that closes takes its consumers along: then there is nothing to tell.
    if (closed || consumer?.closed === true || producer.closed || sink.transport.closed) return
    log.error('consumer failed', { doing, error: String(error) })
  }

  // Requests to a worker are carried out in order, so none has to wait for the one before.
  const settle = (): void => {
    if (consumer === null || closed || asked === wanted) return
    const target = wanted
    asked = target
    const request = target ? consumer.resume() : consumer.pause()
    request.then(
      () => {
        done = target
        if (!closed) onChange()
      },
      (error: unknown) => failed(error, target ? 'resume' : 'pause')
    )
  }

  const make = async (): Promise<void> => {
    const made = await sink.transport.consume({
      producerId: producer.id,
      rtpCapabilities: sink.capabilities,
      paused: true
    })
    if (closed) {
      made.close()
      return
    }
    consumer = made
    onMade(made)
    settle()
  }
  make().catch((error: unknown) => failed(error, 'consume'))

  return {
    set: (flow) => {
      wanted = flow
      settle()
    },
    isFlowing: () => wanted && done && asked && consumer !== null && !consumer.closed,
    consumer: () => consumer,
    close: () => {
      closed = true
      consumer?.close()
    }
  }
}
