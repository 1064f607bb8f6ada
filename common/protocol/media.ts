// Schemas of the media messages. Payloads of mediasoup are checked for shape and size here and in depth by mediasoup.
import type * as mediasoup from 'mediasoup-client/types'
import { z } from 'zod'
import { id, mediaState } from './values.ts'

/** Which way media flows, seen from the phone. */
export const mediaFlow = z.enum(['send', 'recv'])
export type MediaFlow = z.infer<typeof mediaFlow>

// The deep types are mediasoup's; the server's own validators refuse what they do not allow.
const looseObject = z.record(z.string(), z.unknown())
const shaped = <T>() => z.custom<T>((value) => looseObject.safeParse(value).success)

export const dtlsParameters = shaped<mediasoup.DtlsParameters>()
export const rtpParameters = shaped<mediasoup.RtpParameters>()
export const rtpCapabilities = shaped<mediasoup.RtpCapabilities>()
export const iceParameters = shaped<mediasoup.IceParameters>()
const iceCandidates = z.array(shaped<mediasoup.IceCandidate>()).max(32)

const iceServer = z.object({
  urls: z.array(z.string().max(256)).max(8),
  username: z.string().max(256).optional(),
  credential: z.string().max(256).optional()
})

const transport = z.object({ id, iceParameters, iceCandidates, dtlsParameters })

/** The answer to `media.open`: all a phone needs to make both transports of a leg. */
export const mediaOpening = z.object({
  epoch: z.number().int().positive(),
  rtpCapabilities,
  iceServers: z.array(iceServer).max(8),
  /** Names of optional abilities this server has; unknown ones are ignored. */
  features: z.array(z.string().max(64)).max(32),
  send: transport,
  recv: transport
})
export type MediaOpening = z.infer<typeof mediaOpening>

/** What every media request carries: the call, and which making of its media is meant. */
export const mediaAddress = z.object({ callId: id, epoch: z.number().int().positive() })

export const mediaRequests = {
  /** Makes (or remakes, with a greater epoch) the leg's transports. An older epoch is `stale`. */
  'media.open': { data: z.object({}), value: mediaOpening },
  'media.connect': { data: z.object({ flow: mediaFlow, dtlsParameters }), value: z.object({}) },
  /** Publishes the microphone's track. Idempotent within an epoch. */
  'media.produce': { data: z.object({ rtpParameters }), value: z.object({ producerId: id }) },
  /** Tells what this phone can receive; from then on the server pushes `media.consumer` as it sees fit. */
  'media.receive': { data: z.object({ rtpCapabilities }), value: z.object({}) },
  'media.restartIce': { data: z.object({ flow: mediaFlow }), value: z.object({ iceParameters }) },
  /** The phone's own view of its leg: it lost or regained it. */
  'media.report': { data: z.object({ state: mediaState }), value: z.object({}) }
} as const
export type MediaRequestName = keyof typeof mediaRequests
export const mediaRequestNames = Object.keys(mediaRequests) as MediaRequestName[]
export type MediaRequestData<N extends MediaRequestName> = z.infer<(typeof mediaRequests)[N]['data']>
export type MediaRequestValue<N extends MediaRequestName> = z.infer<(typeof mediaRequests)[N]['value']>

/** What the server tells the media engine. Consumers come paused; the server alone lets them flow. */
export const mediaPush = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('consumer'), id, producerId: id, rtpParameters }),
  z.object({ kind: z.literal('consumerClosed'), id }),
  /** The server has lost all of this making (its worker died): the phone makes it anew without waiting to notice. */
  z.object({ kind: z.literal('gone') })
])
export type MediaPush = z.infer<typeof mediaPush>
