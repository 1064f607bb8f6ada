// What a phone would send to set up its media, as a browser sends it, for phones that carry no sound. Talks to nobody.
import type { DtlsParameters, RtpCapabilities, RtpParameters } from 'mediasoup/types'

export const dtlsParameters: DtlsParameters = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'A5').join(':') }]
}

const extensions = [
  { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
  { uri: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', id: 4 },
  { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 10 }
] as const

let ssrc = 1_000

export const newRtpParameters = (): RtpParameters => {
  ssrc += 1
  return {
    mid: '0',
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'transport-cc', parameter: '' }]
      }
    ],
    headerExtensions: extensions.map(({ uri, id }) => ({ uri, id, encrypt: false, parameters: {} })),
    encodings: [{ ssrc, dtx: false }],
    rtcp: { cname: 'bench', reducedSize: true }
  }
}

export const rtpCapabilities: RtpCapabilities = {
  codecs: [
    {
      kind: 'audio',
      mimeType: 'audio/opus',
      preferredPayloadType: 100,
      clockRate: 48_000,
      channels: 2,
      parameters: { minptime: 10, useinbandfec: 1 },
      rtcpFeedback: []
    }
  ],
  headerExtensions: extensions.map(({ uri, id }) => ({
    kind: 'audio',
    uri,
    preferredId: id,
    preferredEncrypt: false,
    direction: 'sendrecv'
  }))
}
