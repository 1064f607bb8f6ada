// Keeps the sign-in between starts: in the system's keyring, or, only where the person has agreed, in a file of this
// user alone; otherwise in memory. Never logs what it keeps.
import { z } from 'zod'
import type { Logger } from '../../common/log.ts'
import { peer } from '../../common/protocol/values.ts'
import type { SignInStore, StoredSignIn } from '../ports.ts'
import { createJsonFile } from './json-file.ts'

/** The system's keyring. `isReal` is false where there is none, or one that only obscures. */
export type Keyring = {
  readonly isReal: () => boolean
  /** Throws where the keyring refuses. */
  readonly encrypt: (text: string) => Buffer
  readonly decrypt: (data: Buffer) => string
}

export type SignInKeeper = SignInStore & {
  /** The person has changed their mind about the file: keeps or forgets what there is accordingly. */
  readonly keepAgain: () => Promise<void>
  /** Whether the present sign-in will survive a restart. */
  readonly remembered: () => boolean
}

export type SignInStoreOptions = {
  readonly file: string
  readonly keyring: Keyring
  /** settings.keepSignInWithoutKeyring, as it is now. */
  readonly mayUseFile: () => boolean
  /** Shown in sign-in while no server is known. */
  readonly presetServer: string
  readonly log: Logger
}

const storedSignIn = z.object({
  server: z.string(),
  user: peer,
  deviceId: z.string(),
  refreshToken: z.string()
}) satisfies z.ZodType<StoredSignIn>

const contents = z.object({
  lastServer: z.string().catch(''),
  lastUsername: z.string().catch(''),
  /** Device ids by server and username. */
  devices: z.record(z.string(), z.string()).catch({}),
  /** `keyring`: base64 of what the keyring encrypted. `file`: the JSON itself. */
  kept: z
    .discriminatedUnion('in', [
      z.object({ in: z.literal('keyring'), data: z.string() }),
      z.object({ in: z.literal('file'), data: z.string() })
    ])
    .nullable()
    .catch(null)
})
type Contents = z.infer<typeof contents>

const deviceKey = (server: string, username: string): string => `${server} ${username}`

export const createSignInStore = (options: SignInStoreOptions): SignInKeeper => {
  const { keyring, log } = options
  const stored = createJsonFile<Contents>({
    file: options.file,
    parse: (value) => contents.parse(value),
    fallback: { lastServer: '', lastUsername: '', devices: {}, kept: null },
    log
  })
  let current: StoredSignIn | null = null
  let isRemembered = false
  let known: Promise<Contents> | undefined
  const read = (): Promise<Contents> => (known ??= stored.load())

  const seal = (signIn: StoredSignIn): Contents['kept'] => {
    const text = JSON.stringify(signIn)
    if (keyring.isReal()) {
      try {
        return { in: 'keyring', data: keyring.encrypt(text).toString('base64') }
      } catch (error) {
        log.warn('the keyring refused', { error: String(error) })
      }
    }
    return options.mayUseFile() ? { in: 'file', data: text } : null
  }

  const unseal = (kept: NonNullable<Contents['kept']>): StoredSignIn | null => {
    try {
      const text = kept.in === 'file' ? kept.data : keyring.decrypt(Buffer.from(kept.data, 'base64'))
      return storedSignIn.parse(JSON.parse(text))
    } catch (error) {
      log.warn('the kept sign-in could not be read; a new one is needed', {
        in: kept.in,
        error: error instanceof Error ? error.name : 'unknown'
      })
      return null
    }
  }

  /** Keeps what `change` makes of what is kept, unless a later change has overtaken it while the file was read. */
  const keep = async (signIn: StoredSignIn | null, change: (before: Contents) => Contents): Promise<void> => {
    current = signIn
    const before = await read()
    if (current !== signIn) return
    const next = change(before)
    known = Promise.resolve(next)
    const saved = await stored.save(next)
    isRemembered = next.kept !== null && saved.ok
  }
  const save: SignInStore['save'] = async (signIn) => {
    const { server, user, deviceId } = signIn
    await keep(signIn, ({ devices }) => ({
      lastServer: server,
      lastUsername: user.username,
      devices: { ...devices, [deviceKey(server, user.username)]: deviceId },
      kept: seal(signIn)
    }))
    return { remembered: isRemembered }
  }

  return {
    load: async () => {
      const { kept } = await read()
      current = kept === null ? null : unseal(kept)
      isRemembered = current !== null
      return current
    },
    save,
    forget: (why) =>
      keep(null, (before) => ({
        ...before,
        lastUsername: why === 'refused' ? before.lastUsername : '',
        kept: null
      })),
    deviceIdFor: async (server, username) => (await read()).devices[deviceKey(server, username)] ?? null,
    last: async () => {
      const { lastServer, lastUsername } = await read()
      return { lastServer: lastServer || options.presetServer, lastUsername }
    },
    keepAgain: async () => {
      if (current !== null) await save(current)
    },
    remembered: () => isRemembered
  }
}
