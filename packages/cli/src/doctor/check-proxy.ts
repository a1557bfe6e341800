import { once } from 'node:events'
import { connect } from 'node:net'
import { httpsProxy, type NamedProxy, proxyUrl } from '../network/proxy.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { codeOf, type Finding, fine, trouble } from './finding.ts'

const CONNECT_MS = 5_000

/** Is there a proxy, and does it listen? */
export async function checkProxy({ env, texts }: Session): Promise<Finding> {
  const { doctor } = texts.messages
  const proxy = httpsProxy(env)
  if (proxy === undefined) return fine('proxy', doctor.noProxy)
  const url = readUrl(proxy)
  if (url instanceof Failure) return trouble('proxy', url.message, doctor.fixProxy)
  const { hostname, port, protocol, host } = url
  const socket = connect({ host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) })
    // Without user name and password.
    return fine('proxy', doctor.proxyListens(host))
  } catch (error) {
    return trouble('proxy', doctor.proxySilent(host, codeOf(error)), doctor.fixProxy)
  } finally {
    socket.destroy()
  }

  function readUrl(named: NamedProxy): URL | Failure {
    try {
      return proxyUrl(named, texts)
    } catch (error) {
      if (error instanceof Failure) return error
      throw error
    }
  }
}
