import { X509Certificate } from 'node:crypto'

type Send = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** A certificate as a client is about to present it. */
interface Presented {
  parts(): { readonly cert: string } | { readonly pfx: Uint8Array }
}

/** The way to a simulator without a socket. */
export interface ProxiedLine {
  /** Every request that left, as it left, with the certificate that it presented. */
  readonly sent: readonly Request[]
  readonly fetch: Send & { presenting(certificate: Presented): Send }
}

/**
 * A fetch that presents certificates to a simulator: in the header by which a proxy that ends TLS passes one on (RFC 9440
 * §2.1). It notes what it sends.
 */
export function behindProxy(answer: (request: Request) => Promise<Response>): ProxiedLine {
  const sent: Request[] = []
  const send = (request: Request): Promise<Response> => {
    sent.push(request.clone())
    return answer(request)
  }
  const fetch: Send = (input, init) => send(new Request(input, init))
  return {
    sent,
    fetch: Object.assign(fetch, {
      presenting(certificate: Presented): Send {
        const parts = certificate.parts()
        if (!('cert' in parts)) throw new TypeError('This proxy takes PEM.')
        const der = new X509Certificate(parts.cert).raw.toString('base64')
        return (input, init) => {
          const request = new Request(input, init)
          request.headers.set('client-cert', `:${der}:`)
          return send(request)
        }
      },
    }),
  }
}
