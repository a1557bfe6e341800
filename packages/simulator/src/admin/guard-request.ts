import { AdminProblem } from './problem.ts'

// "localhost" is loopback by RFC 6761 §6.3.
const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Lets requests through that come from a program on this machine or from the page of this server. A page of another site
 * can send requests to 127.0.0.1 too: such requests bring its `Origin`, or, if its name leads here (DNS rebinding), its
 * name as `Host`.
 *
 * @throws {AdminProblem} for any other request.
 */
export const guardRequest = ({ url, headers }: Request, hosts: readonly string[]): void => {
  const { hostname, origin } = new URL(url)
  if (![...LOOPBACK, ...hosts].includes(hostname)) {
    throw new AdminProblem(
      'unknown-host',
      'The Host header names another server. Use 127.0.0.1 or localhost, or allow the name when you start the simulator.',
    )
  }
  const from = headers.get('origin')
  if (from !== null && from !== origin) {
    throw new AdminProblem(
      'foreign-origin',
      'A page of another site sent the request. Only the page at /__simulator/ may.',
    )
  }
}
