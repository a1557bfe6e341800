import type { Server } from 'node:http'
import type { ServeTexts } from '../../messages/serve.en.ts'
import { EXIT } from '../../session/exit-code.ts'
import { Failure } from '../../session/failure.ts'
import type { OwnHosts } from './admit.ts'
import type { ListenPlace } from './listen-options.ts'
import { listenOnSocket } from './unix-socket.ts'

/** Where a server can be reached. */
export interface Listening {
  /** As a caller writes it: an origin, or `unix:` and a path. */
  readonly url: string
  readonly hosts: OwnHosts
}

/** Begins to listen. */
export async function listenAt(server: Server, { at, tls, names }: ListenPlace, texts: ServeTexts): Promise<Listening> {
  if ('socket' in at) {
    await listenOnSocket(server, at, texts)
    return { url: `unix:${at.socket}`, hosts: { names, port: undefined } }
  }
  const { address, port: wanted } = at
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: address, port: wanted, exclusive: true }, () => {
        server.removeListener('error', reject)
        resolve()
      })
    })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const place = `${address}:${wanted}`
    const { portTaken, cannotListen } = texts.listen
    throw new Failure(EXIT.failed, 'port', code === 'EADDRINUSE' ? portTaken(place) : cannotListen(place, code))
  }
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : wanted
  const { origin } = new URL(`${tls === undefined ? 'http' : 'https'}://${hostOf(address)}:${port}`)
  const isDefault = port === (tls === undefined ? 80 : 443)
  return { url: origin, hosts: { names, port: isDefault ? undefined : port } }
}

function hostOf(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
