/// <reference lib="esnext.disposable" preserve="true" />

import { isPromise } from '../brands.ts'
import { atLeast, checkOptions } from '../check-options.ts'
import {
  type CertificateInput,
  type CertificateParts,
  type ClientCertificate,
  clientCertificate,
} from '../client-certificate.ts'
import { heeding } from '../http/ending.ts'
import type { Fetch } from '../http/fetch.ts'
import { Connections } from './connections.ts'
import { type LoadedCertificate, loadCertificate } from './loaded-certificate.ts'
import { type ProxyOption, proxyFor } from './proxy-for.ts'
import { sendThrough } from './redirects.ts'
import { requestParts } from './request-parts.ts'
import { exchange } from './response-reader.ts'

/** Options of `nodeFetch()`. */
export interface NodeFetchOptions {
  /**
   * What to present to servers that ask for a client certificate. A function, such as `certificateFile()` returns, is
   * called for each request, and returns the same object while nothing has changed. @default the certificate of the account, where its provider has one
   */
  certificate?: CertificateInput | undefined
  /** The authorities whose servers are trusted, in PEM. @default those that Node trusts */
  ca?: string | readonly string[] | undefined
  /**
   * The proxy that requests go through, as a URL; `'environment'` reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and
   * `NO_PROXY`. @default none
   */
  proxy?: ProxyOption | undefined
  /** How many connections may be open to one origin. More requests wait. @default unlimited */
  connections?: number | undefined
  /** Speaks HTTP/2 with servers that prefer it, one request at a time on each connection. @default false */
  http2?: boolean | undefined
}

/** A `fetch` with connections of its own. */
export interface NodeFetch extends Fetch, AsyncDisposable {
  /** Ends when the requests under way have their answers. Later ones are refused. */
  close(): Promise<void>
}

/**
 * A `fetch` on the connections of undici, without the cost of the platform's: for the option `fetch`, and by itself. It
 * presents client certificates, goes through proxies, and knows when a request never left.
 *
 * A response with a large body that isn't read keeps its connection: read the body to its end, or call
 * `response.body?.cancel()`, which closes the connection.
 *
 * @example
 * const bitize = createBitize({ server: 'production', consumerKey, secretKey, fetch: nodeFetch() })
 * @throws {TypeError} for options that make no sense.
 * @throws {ChaveiroError} `misconfigured` for a certificate that can't be presented.
 */
export function nodeFetch(options: NodeFetchOptions = {}): NodeFetch {
  checkOptions(options, ['certificate', 'ca', 'proxy', 'connections', 'http2'])
  const { certificate, http2 = false } = options
  const ca = options.ca === undefined ? undefined : [options.ca].flat()
  const connections = new Connections({
    ca,
    connections: atLeast(1, options.connections, 'connections'),
    http2,
    proxyFor: proxyFor(options.proxy),
  })
  const load = loader(ca)
  const through = (presented: Presented | undefined, isFresh: boolean): Fetch => {
    const send = heeding(async (input, init, ending) => {
      const read = requestParts(input, init, ending)
      const parts = isPromise(read) ? await read : read
      try {
        const dispatcher = connections.take(presented && (await presented()), isFresh)
        return await sendThrough(parts, (leg) => exchange(dispatcher, leg))
      } catch (error) {
        parts.cancel?.(error)
        throw error
      }
    })
    return Object.assign(send, {
      presenting(given: ClientCertificate): Fetch {
        const one = load(given)
        return Object.assign(
          through(() => one, isFresh),
          { presents: one },
        )
      },
      ...(isFresh ? {} : { fresh: through(presented, true) }),
    })
  }
  const close = (): Promise<void> => connections.close()
  return Object.assign(through(presentedBy(certificate, load), false), { close, [Symbol.asyncDispose]: close })
}

/** What a connection presents: a constant, or what a function returns at each request. */
type Presented = () => LoadedCertificate | Promise<LoadedCertificate>

type Load = (certificate: ClientCertificate) => LoadedCertificate

/** Reads each certificate once. */
function loader(ca: string[] | undefined): Load {
  const known = new WeakMap<ClientCertificate, LoadedCertificate>()
  return (certificate) => {
    const loaded = known.get(certificate) ?? loadCertificate(certificate, ca)
    known.set(certificate, loaded)
    return loaded
  }
}

function presentedBy(input: CertificateInput | undefined, load: Load): Presented | undefined {
  if (input === undefined) return undefined
  if (typeof input !== 'function') {
    const loaded = load(clientCertificate(input))
    return () => loaded
  }
  let given: CertificateParts | ClientCertificate | undefined
  let loaded: LoadedCertificate | undefined
  return async () => {
    const next = await input()
    if (loaded === undefined || next !== given) loaded = load(clientCertificate(next))
    given = next
    return loaded
  }
}
