// mediasoup's types against the contract's: the one place with casts. Values pass through unchanged.
//
// Both libraries describe the same JSON. Where a cast stands, the server's types name RTP header extensions that the
// client's do not know; a client ignores those.
import type {
  Consumer,
  DtlsParameters,
  IceParameters,
  Router,
  RtpCapabilities,
  RtpParameters,
  WebRtcTransport
} from 'mediasoup/types'
import type { MediaOpening, MediaPush, MediaRequestData, MediaRequestValue } from '../../common/protocol/media.ts'

type TransportOpening = MediaOpening['send']
type ConsumerPush = Extract<MediaPush, { kind: 'consumer' }>

export const dtlsParametersFromPhone = (value: MediaRequestData<'media.connect'>['dtlsParameters']): DtlsParameters =>
  value

export const rtpParametersFromPhone = (value: MediaRequestData<'media.produce'>['rtpParameters']): RtpParameters =>
  value

export const rtpCapabilitiesFromPhone = (
  value: MediaRequestData<'media.receive'>['rtpCapabilities']
): RtpCapabilities => value

export const iceParametersToPhone = (value: IceParameters): MediaRequestValue<'media.restartIce'>['iceParameters'] =>
  value

export const routerCapabilitiesToPhone = (router: Router): MediaOpening['rtpCapabilities'] =>
  router.rtpCapabilities as MediaOpening['rtpCapabilities']

export const transportToPhone = (transport: WebRtcTransport): TransportOpening => ({
  id: transport.id,
  iceParameters: transport.iceParameters,
  iceCandidates: transport.iceCandidates,
  dtlsParameters: transport.dtlsParameters
})

export const consumerToPhone = (consumer: Consumer): ConsumerPush => ({
  kind: 'consumer',
  id: consumer.id,
  producerId: consumer.producerId,
  rtpParameters: consumer.rtpParameters as ConsumerPush['rtpParameters']
})
