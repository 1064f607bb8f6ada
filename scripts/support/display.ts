// Where the phones' windows go: the display that is there, or a virtual desktop with sound of its own.
import { provision } from '../provision/provision.ts'

export type Display = {
  /** The whole environment of a program on this display, for the phone with this name: the same whenever asked. */
  readonly envFor: (phone: string) => Promise<NodeJS.ProcessEnv>
  /** A virtual desktop's name in X, like ":99"; undefined on a real one. */
  readonly virtual: string | undefined
  /** Saves a picture of a virtual desktop. */
  readonly screenshot: (file: string) => Promise<void>
  readonly stop: () => Promise<void>
}

const size = { width: 1280, height: 800 }

export const hasDisplay = (): boolean => {
  if (process.platform !== 'linux') return true
  return [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some((name) => name !== undefined && name !== '')
}

const realDisplay: Display = {
  envFor: () => Promise.resolve(process.env),
  virtual: undefined,
  screenshot: () => Promise.resolve(),
  stop: () => Promise.resolve()
}

/** Opens the display. Throws a ProvisionError where a virtual desktop is needed and can't be had. */
export const openDisplay = async (): Promise<Display> => {
  if (hasDisplay()) return realDisplay
  await provision({ desktop: true })
  // Part of the tests, and used on machines without a display only: nothing of it is loaded elsewhere.
  const { startDesktop } = await import('../../test/support/desktop/index.ts')
  const { startAudio } = await import('../../test/support/audio/index.ts')
  const desktop = await startDesktop({ size })
  const audio = await startAudio().catch(async (error: unknown) => {
    await desktop.stop()
    throw error
  })
  // A phone that is started again has the microphone and speaker it had: there are only so many.
  const environments = new Map<string, Promise<NodeJS.ProcessEnv>>()
  const environment = async (phone: string): Promise<NodeJS.ProcessEnv> => ({
    ...desktop.env,
    ...(await audio.phone(phone)).env
  })
  return {
    envFor: (phone) => {
      const known = environments.get(phone) ?? environment(phone)
      environments.set(phone, known)
      return known
    },
    virtual: desktop.display,
    screenshot: (file) => desktop.screenshot(file),
    stop: async () => {
      await audio.stop()
      await desktop.stop()
    }
  }
}
