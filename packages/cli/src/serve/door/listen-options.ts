import { isIP } from 'node:net'
import type { ServeTexts } from '../../messages/serve.en.ts'
import { EXIT } from '../../session/exit-code.ts'
import { Failure } from '../../session/failure.ts'
import type { TlsPaths } from './tls.ts'

/** The options that say where a server listens, as they are typed. */
export interface ListenOptions {
  readonly port?: string
  readonly address?: string
  readonly host?: readonly string[]
  readonly socket?: string
  readonly socketMode?: string
  readonly socketGroup?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly insecureNetwork?: boolean
  readonly maxConnections?: string
}

/** Where a server listens. */
export interface ListenPlace {
  readonly at:
    | { readonly address: string; readonly port: number }
    | { readonly socket: string; readonly mode: number; readonly group: string | undefined }
  readonly tls: TlsPaths | undefined
  /** Names besides the loopback ones that `Host` may have, in lower case. */
  readonly names: readonly string[]
  readonly maxConnections: number
}

const PORT = 8_248
const ADDRESS = '127.0.0.1'
const SOCKET_MODE = '0600'
const CONNECTIONS = 2_048
const OTHERS = 0o007

/** Reads the options. Beyond this machine, nothing is served in the clear unless that is asked for by name. */
export function readListenOptions(options: ListenOptions, { listen }: ServeTexts): ListenPlace {
  const tls = tlsOf(options)
  const maxConnections = whole(options.maxConnections, CONNECTIONS, 1, 1_000_000)
  if (maxConnections === undefined) throw usage(listen.badMaxConnections(options.maxConnections ?? ''))
  const names = (options.host ?? []).map((name) => {
    if (!/^[\w.-]+$|^\[[\da-f:.]+\]$/i.test(name)) throw usage(listen.badHost(name))
    return name.toLowerCase()
  })
  return { at: options.socket === undefined ? addressOf() : socketOf(options.socket), tls, names, maxConnections }

  function tlsOf({ tlsCert: cert, tlsKey: key }: ListenOptions): TlsPaths | undefined {
    if (cert === undefined && key === undefined) return undefined
    if (cert === undefined || key === undefined) throw usage(listen.certAndKey)
    return { cert, key }
  }

  function addressOf(): ListenPlace['at'] {
    const { address = ADDRESS, socketMode, socketGroup, insecureNetwork = false } = options
    if (socketMode !== undefined || socketGroup !== undefined) throw usage(listen.onlyWithSocket)
    if (address !== 'localhost' && isIP(address) === 0) throw usage(listen.badAddress(address))
    if (!isLoopback(address) && tls === undefined && !insecureNetwork) throw usage(listen.network(address))
    const port = whole(options.port, PORT, 0, 65_535)
    if (port === undefined) throw usage(listen.badPort(options.port ?? ''))
    return { address, port }
  }

  function socketOf(socket: string): ListenPlace['at'] {
    const { port, address, socketMode = SOCKET_MODE, socketGroup: group } = options
    if (port !== undefined || address !== undefined || tls !== undefined) throw usage(listen.socketOrAddress)
    if (process.platform === 'win32') throw usage(listen.noSockets)
    const mode = /^0?[0-7]{3}$/.test(socketMode) ? Number.parseInt(socketMode, 8) : undefined
    if (mode === undefined || (mode & OTHERS) !== 0) throw usage(listen.badSocketMode(socketMode))
    return { socket, mode, group }
  }
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}

function whole(text: string | undefined, fallback: number, least: number, most: number): number | undefined {
  if (text === undefined) return fallback
  const number = /^\d{1,7}$/.test(text) ? Number(text) : -1
  return number >= least && number <= most ? number : undefined
}

function usage(message: string): Failure {
  return new Failure(EXIT.usage, 'usage', message)
}
