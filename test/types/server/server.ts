// What must not compile in the call server: a page's APIs. Never run.
/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call -- what must not compile has no type */

export const pageApis = (): readonly unknown[] => [
  // @ts-expect-error: there is no page
  document.title,
  // @ts-expect-error: no window
  window.tamas,
  // @ts-expect-error: no WebRTC of its own: mediasoup's workers do that
  new RTCPeerConnection()
]
