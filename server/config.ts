// What an operator can set: read from TAMAS_* variables and --flags, with defaults. Reads no file and opens nothing.
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { dayMs, minuteMs, secondMs } from '../common/time.ts'
import { fail, ok, type Result } from '../common/result.ts'
import { defaultLimits, type CallLimits } from './calls/limits.ts'

export type BucketLimit = { readonly burst: number; readonly everyMs: number }

export type Config = {
  readonly host: string
  readonly port: number
  /** UDP and TCP port of the first media worker; each further one has the next. */
  readonly mediaPort: number
  readonly mediaWorkers: number
  /** Phones send nothing while nobody speaks: saves bandwidth, costs the background sound. */
  readonly mediaDtx: boolean
  /** Where media listens; a server behind a TLS proxy has `host` on loopback and this one outside. */
  readonly mediaHost: string
  /** The address phones reach the media at, where it is not `mediaHost`. */
  readonly announcedAddress: string | undefined
  /** Where phones find this server from outside, for links; the address it listens at where it is not given. */
  readonly publicUrl: string | undefined
  readonly allowedOrigins: readonly string[]
  /** A PostgreSQL server's URL; without it the embedded database in `dataDir` serves. */
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  /** Well-known users with well-known passwords: on loopback only. */
  readonly demo: boolean
  /** Stands in call ids, so that several servers can share a directory. */
  readonly nodeId: string
  readonly applicationId: string
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
  /** A reverse proxy in front: the asker's address is the last one of X-Forwarded-For. */
  readonly trustProxy: boolean
  readonly maxSocketsPerUser: number
  readonly calls: CallLimits
  readonly identity: {
    readonly accessTokenMs: number
    readonly refreshTokenMs: number
    /** Cost of a password's hash: 2^n rounds of memory. */
    readonly scryptLogN: number
    readonly perUser: BucketLimit
    readonly perAddress: BucketLimit
  }
  readonly http: { readonly perAddress: BucketLimit; readonly bodyMs: number }
}

/** True for an address that only this machine can reach. */
export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address)

const defaultDataDir = (env: Environment): string => {
  const home = os.homedir()
  if (process.platform === 'darwin') return path.join(home, 'Library/Application Support/tamas-server')
  if (process.platform === 'win32') return path.join(env['LOCALAPPDATA'] ?? home, 'tamas-server')
  return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local/share'), 'tamas-server')
}

// Each message says what is allowed and goes on from the setting's name.
const whole = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d{1,15}$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= min && value <= max, error)
}
const words = (max: number) => z.string().min(1).max(max, `must have 1 to ${max} characters`)
const port = whole(0, 65_535)
const duration = (defaultMs: number) => whole(1, 365 * dayMs).default(defaultMs)
const count = (defaultValue: number, max = 1_000_000) => whole(1, max).default(defaultValue)
const flag = z
  .enum(['1', 'true', 'yes', 'on', '0', 'false', 'no', 'off', ''], 'must be 1 or 0')
  .transform((text) => ['1', 'true', 'yes', 'on'].includes(text))
  .default(false)
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text
const origins = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  )
  .refine((list) => list.every(isOrigin), 'must be origins such as https://phone.example.com, separated by commas')
  .default([])
const publicUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' })
  .transform((text) => text.replace(/\/+$/, ''))
  .optional()
const databaseUrl = z
  .string()
  .refine((text) => /^postgres(ql)?:\/\//.test(text), 'must begin with postgres:// or postgresql://')
  .optional()

const { rules } = defaultLimits

/** One flat list of settings: `callRingingMs` is TAMAS_CALL_RINGING_MS and --call-ringing-ms. */
const settings = z.object({
  host: words(255).default('127.0.0.1'),
  port: port.default(7300),
  mediaPort: port.default(7310),
  mediaWorkers: count(Math.max(1, os.availableParallelism() - 1), 256),
  mediaDtx: flag,
  mediaHost: words(255).optional(),
  announcedAddress: words(255).optional(),
  publicUrl,
  allowedOrigins: origins,
  databaseUrl,
  dataDir: words(4096).optional(),
  demo: flag,
  nodeId: z
    .string()
    .regex(/^[a-z0-9]{1,16}$/, 'must be 1 to 16 small letters and digits')
    .default('n1'),
  applicationId: words(64).default('default'),
  logLevel: z.enum(['error', 'warn', 'info', 'debug'], 'must be error, warn, info or debug').default('info'),
  trustProxy: flag,
  maxSocketsPerUser: count(16),
  maxCallsPerUser: count(defaultLimits.callsOfUser),
  maxCalls: count(defaultLimits.calls),
  callNewMs: duration(rules.newMs),
  callTryingMs: duration(rules.tryingMs),
  callRingingMs: duration(rules.ringingMs),
  callAcceptedMs: duration(rules.acceptedMs),
  callPausedMs: duration(rules.pausedMs),
  callSocketLostMs: duration(rules.socketLostMs),
  /** After a restart no deadline strikes sooner than this. */
  callGraceMs: duration(rules.graceMs),
  echoAnswerMs: duration(rules.echoAnswerMs),
  echoMaxMs: duration(defaultLimits.echoMaxDurationMs),
  accessTokenMs: duration(15 * minuteMs),
  refreshTokenMs: duration(30 * dayMs),
  scryptLogN: whole(10, 20).default(15),
  signInUserBurst: count(10),
  signInUserEveryMs: duration(30 * secondMs),
  signInAddressBurst: count(30),
  signInAddressEveryMs: duration(5 * secondMs),
  httpAddressBurst: count(120),
  httpAddressEveryMs: duration(50),
  httpBodyMs: duration(10 * secondMs)
})
type Settings = z.infer<typeof settings>
type SettingName = keyof Settings

type Environment = Readonly<Record<string, string | undefined>>

const names = Object.keys(settings.shape) as SettingName[]
const split = (name: string, separator: string): string =>
  name.replace(/[A-Z]/g, (letter) => `${separator}${letter.toLowerCase()}`)
const variableOf = (name: SettingName): string => `TAMAS_${split(name, '_').toUpperCase()}`
const flagOf = (name: SettingName): string => `--${split(name, '-')}`

const readVariables = (env: Environment): Map<string, string> => {
  const given = new Map<string, string>()
  for (const name of names) {
    const value = env[variableOf(name)] ?? (name === 'databaseUrl' ? env['DATABASE_URL'] : undefined)
    if (value !== undefined && value !== '') given.set(name, value)
  }
  return given
}

const isFlag = (name: SettingName): boolean => name === 'demo' || name === 'trustProxy' || name === 'mediaDtx'

const readFlags = (argv: readonly string[]): Result<Map<string, string>> => {
  const given = new Map<string, string>()
  const rest = [...argv]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [key, inline] = word.split(/=(.*)/s, 2)
    const name = names.find((candidate) => flagOf(candidate) === key)
    if (name === undefined) return fail('bad_request', `There is no option ${word}.`)
    const following = rest[0]?.startsWith('--') === false ? rest.shift() : undefined
    const value = inline ?? following ?? (isFlag(name) ? 'true' : undefined)
    if (value === undefined) return fail('bad_request', `${flagOf(name)} needs a value.`)
    given.set(name, value)
  }
  return ok(given)
}

const assemble = (given: Settings, env: Environment): Config => ({
  host: given.host,
  port: given.port,
  mediaPort: given.mediaPort,
  mediaWorkers: given.mediaWorkers,
  mediaDtx: given.mediaDtx,
  mediaHost: given.mediaHost ?? given.host,
  announcedAddress: given.announcedAddress,
  publicUrl: given.publicUrl,
  allowedOrigins: given.allowedOrigins,
  databaseUrl: given.databaseUrl,
  dataDir: path.resolve(given.dataDir ?? defaultDataDir(env)),
  demo: given.demo,
  nodeId: given.nodeId,
  // The demo's users live in an application of their own: a server started without --demo does not know them.
  applicationId: given.demo ? 'demo' : given.applicationId,
  logLevel: given.logLevel,
  trustProxy: given.trustProxy,
  maxSocketsPerUser: given.maxSocketsPerUser,
  calls: {
    ...defaultLimits,
    rules: {
      ...defaultLimits.rules,
      newMs: given.callNewMs,
      tryingMs: given.callTryingMs,
      ringingMs: given.callRingingMs,
      acceptedMs: given.callAcceptedMs,
      pausedMs: given.callPausedMs,
      socketLostMs: given.callSocketLostMs,
      graceMs: given.callGraceMs,
      echoAnswerMs: given.echoAnswerMs
    },
    echoMaxDurationMs: given.echoMaxMs,
    callsOfUser: given.maxCallsPerUser,
    calls: given.maxCalls
  },
  identity: {
    accessTokenMs: given.accessTokenMs,
    refreshTokenMs: given.refreshTokenMs,
    scryptLogN: given.scryptLogN,
    perUser: { burst: given.signInUserBurst, everyMs: given.signInUserEveryMs },
    perAddress: { burst: given.signInAddressBurst, everyMs: given.signInAddressEveryMs }
  },
  http: {
    perAddress: { burst: given.httpAddressBurst, everyMs: given.httpAddressEveryMs },
    bodyMs: given.httpBodyMs
  }
})

/**
 * The server's configuration: flags win over variables, variables over defaults. Error: bad_request, whose detail is
 * one sentence for the operator; it never repeats a value, since a database URL holds a password.
 */
export const readConfig = (env: Environment, argv: readonly string[]): Result<Config> => {
  const flags = readFlags(argv)
  if (!flags.ok) return flags
  const variables = readVariables(env)
  const parsed = settings.safeParse(Object.fromEntries([...variables, ...flags.value]))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const name = names.find((candidate) => candidate === issue?.path[0])
    if (issue === undefined || name === undefined) return fail('bad_request', parsed.error.message)
    const where = flags.value.has(name) ? flagOf(name) : variableOf(name)
    return fail('bad_request', `${where} ${issue.message}.`)
  }
  const config = assemble(parsed.data, env)
  if (config.demo && !isLoopback(config.host)) {
    return fail('bad_request', 'The demo users have well-known passwords, so --demo works only with a loopback host.')
  }
  return ok(config)
}
