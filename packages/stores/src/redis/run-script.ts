import { textProperty } from '../cell/error-code.ts'

/**
 * Runs a script by its digest, and by its text where the server does not know it (yet, or after a restart, a failover
 * or SCRIPT FLUSH). What Redis refuses as unknown it has not run, so sending it again repeats nothing.
 */
export async function runScript(
  script: string,
  byDigest: (sha1: string) => Promise<unknown>,
  byText: () => Promise<unknown>,
): Promise<unknown> {
  try {
    return await byDigest(await digestOf(script))
  } catch (error) {
    if (!textProperty(error, 'message')?.startsWith('NOSCRIPT')) throw error
    return byText()
  }
}

const digests = new Map<string, Promise<string>>()

function digestOf(script: string): Promise<string> {
  let digest = digests.get(script)
  if (!digest) {
    digest = sha1(script)
    digests.set(script, digest)
  }
  return digest
}

async function sha1(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
