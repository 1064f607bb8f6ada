// Why a server, or the operator's command line, does not start, as one sentence that names the setting to change. Pure; finds nothing out by itself.
import type { Config } from './config.ts'
import { StoreUnavailable } from './store/away.ts'
import { FolderInUse } from './store/lock.ts'

/** What of the configuration the sentences speak of. */
export type Where = Pick<
  Config,
  'host' | 'port' | 'mediaHost' | 'mediaPort' | 'mediaWorkers' | 'dataDir' | 'databaseUrl'
>

type SystemError = { readonly code?: unknown; readonly syscall?: unknown; readonly path?: unknown }

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const systemError = (error: unknown): SystemError => (error instanceof Error ? (error as SystemError) : {})

/** What the system says of a file or folder, by its code. */
const fileTroubles: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file, not a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENOENT: 'a part of its path cannot be made',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full'
}

const forFolder = ({ dataDir }: Where, { code, path }: SystemError): string | undefined => {
  const trouble = typeof code === 'string' ? fileTroubles[code] : undefined
  const isOurs = typeof path === 'string' && (path.startsWith(dataDir) || dataDir.startsWith(path))
  return trouble === undefined || !isOurs
    ? undefined
    : `The data folder ${dataDir} cannot be used: ${trouble}. TAMAS_DATA_DIR (--data-dir) names another one.`
}

const forPort = ({ host, port }: Where, { code, syscall }: SystemError): string | undefined => {
  if (syscall !== 'listen') return undefined
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken on ${host}, perhaps by another call server. End that, or choose another port with TAMAS_PORT (--port).`
  if (code === 'EACCES')
    return `Port ${port} may not be opened by this user. Choose one from 1024 on with TAMAS_PORT (--port).`
  return code === 'EADDRNOTAVAIL'
    ? `This machine has no address ${host}. Choose one that it has with TAMAS_HOST (--host).`
    : undefined
}

// The media library hands on what its worker says: "uv_udp_bind() failed [protocol:udp, …]: address already in use".
const mediaTrouble =
  /^uv_(?:udp|tcp)_\w+\(\) failed \[protocol:(?<protocol>\w+).*?(?:port:(?<port>\d+))?\]: (?<why>.+)$/

const forMedia = ({ mediaHost, mediaPort, mediaWorkers }: Where, text: string): string | undefined => {
  const { protocol, port, why } = mediaTrouble.exec(text)?.groups ?? {}
  if (why === 'address already in use') {
    const each = mediaWorkers > 1 ? `; the ${mediaWorkers} workers take one each from there on` : ''
    return `Media port ${port ?? mediaPort} (${protocol?.toUpperCase() ?? 'UDP'}) is taken on ${mediaHost}. Choose another first one with TAMAS_MEDIA_PORT (--media-port)${each}.`
  }
  if (why === 'address not available')
    return `This machine has no address ${mediaHost} for media. Choose one that it has with TAMAS_MEDIA_HOST (--media-host).`
  return why === 'permission denied'
    ? `Media port ${port ?? mediaPort} may not be opened by this user. Choose one from 1024 on with TAMAS_MEDIA_PORT (--media-port).`
    : undefined
}

const forOthers = ({ mediaHost }: Where, { code, syscall }: SystemError): string | undefined => {
  if (syscall === 'getaddrinfo')
    return `No address is known for ${mediaHost}. Choose another with TAMAS_HOST or TAMAS_MEDIA_HOST.`
  return code === 'ENOENT' && typeof syscall === 'string' && syscall.startsWith('spawn')
    ? 'The media worker is not there: run `npm run provision`, or name another one with MEDIASOUP_WORKER_BIN.'
    : undefined
}

/** The sentence for the operator. What nobody has foreseen is told as the system says it. */
export const whyNotStarted = (error: unknown, where: Where): string => {
  if (error instanceof FolderInUse) return error.message
  const { code, syscall, path } = systemError(error)
  const system = { code, syscall, path }
  if (error instanceof StoreUnavailable) {
    const which = where.databaseUrl === undefined ? `in the data folder ${where.dataDir}` : 'of DATABASE_URL'
    return `The database ${which} cannot be used: ${textOf(error.cause ?? error)}.`
  }
  return (
    forFolder(where, system) ??
    forPort(where, system) ??
    forMedia(where, textOf(error)) ??
    forOthers(where, system) ??
    textOf(error)
  )
}
