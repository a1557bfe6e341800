import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** PEM texts, made when the program starts and valid for two days. */
export interface Certificates {
  readonly ca: string
  readonly serverCert: string
  readonly serverKey: string
  readonly clientCert: string
  readonly clientKey: string
}

/** Makes a CA with openssl, and with it a certificate for a server on this machine and one for a client. */
export function makeCertificates(host: string): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'chaveiro-certificates-'))
  try {
    const file = (name: string): string => join(folder, name)
    const make = (name: string, ...more: string[]): void => {
      const key = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
      const out = ['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`), '-subj', `/CN=Example ${name}`]
      execFileSync('openssl', [...key, ...out, ...more], { stdio: 'pipe' })
    }
    const signed = ['-CA', file('ca.pem'), '-CAkey', file('ca.key')]
    make('ca')
    make('server', ...signed, '-addext', `subjectAltName=DNS:${host},IP:127.0.0.1`)
    make('client', ...signed)
    const read = (name: string): string => readFileSync(file(name), 'utf8')
    return {
      ca: read('ca.pem'),
      serverCert: read('server.pem'),
      serverKey: read('server.key'),
      clientCert: read('client.pem'),
      clientKey: read('client.key'),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
