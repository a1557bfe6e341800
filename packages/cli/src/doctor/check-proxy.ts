import { once } from 'node:events'
import { connect } from 'node:net'
import { httpsProxy } from '../network/fetch-of.ts'
import type { Session } from '../program/session.ts'
import { codeOf, type Finding, fine, trouble } from './finding.ts'

const CONNECT_MS = 5_000

/** Is there a proxy, and does it listen? */
export async function checkProxy({ env, texts }: Session): Promise<Finding> {
  const { doctor, badProxy } = texts.talk
  const proxy = httpsProxy(env)
  if (proxy === undefined) return fine('proxy', doctor.noProxy)
  if (!/^https?:\/\//.test(proxy) || !URL.canParse(proxy)) return trouble('proxy', badProxy, doctor.fixProxy)
  const { hostname, port, protocol, host } = new URL(proxy)
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
}
