// What the parts with windows stand on: a virtual desktop, a sound server, a call server. Measures nothing.
import { placeApp } from '../support/app/built-app.ts'
import { startAudio, type Audio } from '../support/audio/index.ts'
import { startDesktop, type Desktop } from '../support/desktop/index.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

export type World = {
  readonly desktop: Desktop
  readonly audio: Audio
  readonly server: TestServer
  readonly appFolder: string
}

/** Root can't have Chromium's sandbox, so it runs the phones as a user of their own. */
const user = process.getuid?.() === 0 ? { user: 'tamas-test' } : {}

export const withWorld = async <T>(work: (world: World) => Promise<T>): Promise<T> => {
  const [desktop, audio, server] = await Promise.all([startDesktop(user), startAudio(user), startTestServer()])
  try {
    return await work({ desktop, audio, server, appFolder: placeApp(desktop) })
  } finally {
    await Promise.all([desktop.stop(), audio.stop(), server.stop()])
  }
}
