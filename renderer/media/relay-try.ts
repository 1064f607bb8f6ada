// Asks the relays (TURN) that the server names for an address, as a call behind a strict network would. Sends no media.

const deadlineMs = 6_000

export const tryRelay = (iceServers: readonly RTCIceServer[], signal: AbortSignal): Promise<'reached' | 'silent'> =>
  new Promise((resolve) => {
    const connection = new RTCPeerConnection({ iceServers: [...iceServers], iceTransportPolicy: 'relay' })
    const end = (found: 'reached' | 'silent') => {
      clearTimeout(timer)
      connection.close()
      resolve(found)
    }
    const silent = () => end('silent')
    const timer = setTimeout(silent, deadlineMs)
    signal.addEventListener('abort', silent, { once: true })
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.type === 'relay') end('reached')
    })
    connection.createDataChannel('relay')
    connection
      .createOffer()
      .then((offer) => connection.setLocalDescription(offer))
      .catch(silent)
  })
