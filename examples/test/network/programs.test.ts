import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { main as clientCertificate } from '../../network/client-certificate.ts'
import { main as privateCa } from '../../network/private-ca.ts'
import { main as proxy } from '../../network/proxy.ts'

async function printed(program: (print: (line: string) => void) => Promise<void>): Promise<string[]> {
  const lines: string[] = []
  await program((line) => lines.push(line))
  return lines
}

describeWith(['openssl'], 'nodeFetch()', () => {
  it('goes through a proxy, for token calls and API calls', async () => {
    const through = '200, through tunnels to api.bitize.test:443'
    expect(await printed(proxy)).toEqual([`given: ${through}`, `fromEnvironment: ${through}`])
  })

  it('trusts a private CA where it is told to, and only there', async () => {
    expect(await printed(privateCa)).toEqual(['without the CA: unavailable', 'with the CA: 200'])
  })

  it('presents a client certificate to a server that accepts no connection without one', async () => {
    expect(await printed(clientCertificate)).toEqual(['without a certificate: unavailable', 'with a certificate: 200'])
  })
})
