import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/**
 * A certificate that signed itself, with its key, as one PEM text (RFC 5280 §4.1, RFC 5758 §3.2). It is for a simulator, which
 * trusts it because it is registered there. Node can't make one; the libraries that can weigh more than the command.
 */
export function selfSigned(name: string, from: Date, days: number): string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const holder = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(name)))))
  const life = [from, new Date(from.getTime() + days * DAY_MS)].map((at) => der(UTC_TIME, Buffer.from(utcTime(at))))
  const content = der(
    SEQUENCE,
    VERSION_3,
    der(INTEGER, serialNumber()),
    ECDSA_WITH_SHA256,
    holder,
    der(SEQUENCE, ...life),
    holder,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = der(BIT_STRING, NO_UNUSED_BITS, sign('sha256', content, privateKey))
  const certificate = der(SEQUENCE, content, ECDSA_WITH_SHA256, signature).toString('base64')
  const lines = certificate.replace(/.{64}/g, '$&\n').trimEnd()
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n${key}`
}

const DAY_MS = 86_400_000
const [INTEGER, BIT_STRING, UTF8_STRING, UTC_TIME, SEQUENCE, SET] = [0x02, 0x03, 0x0c, 0x17, 0x30, 0x31]
const NO_UNUSED_BITS = Buffer.of(0)
const VERSION_3 = Buffer.from('a003020102', 'hex')
// The objects 2.5.4.3 and 1.2.840.10045.4.3.2.
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const ECDSA_WITH_SHA256 = Buffer.from('300a06082a8648ce3d040302', 'hex')

/** X.690 §8.1: what it is, how long it is, and its parts. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}

/** Positive, and written in as few bytes as it takes. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16)
  bytes[0] = 0x40 | (Number(bytes[0]) & 0x3f)
  return bytes
}

/** `261201154500Z`, good until 2049 (RFC 5280 §4.1.2.5.1). */
function utcTime(at: Date): string {
  return `${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`
}
