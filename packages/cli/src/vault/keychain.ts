/** The keychain of the operating system: Keychain on macOS, Credential Manager on Windows, Secret Service on Linux. */
export interface Keychain {
  get(name: string): Promise<string | undefined>
  set(name: string, secret: string): Promise<void>
  remove(name: string): Promise<unknown>
}

const SERVICE = 'chaveiro'
// The user may have to type the password of a locked keychain.
const PATIENCE_MS = 60_000

/** `undefined`: the optional package is not installed, or has no binary for this platform. */
export async function systemKeychain(): Promise<Keychain | undefined> {
  const keyring = await import('@napi-rs/keyring').catch(() => undefined)
  if (keyring === undefined) return undefined
  const patience = (): AbortSignal => AbortSignal.timeout(PATIENCE_MS)
  return {
    get: async (name) => (await new keyring.AsyncEntry(SERVICE, name).getPassword(patience())) ?? undefined,
    set: (name, secret) => new keyring.AsyncEntry(SERVICE, name).setPassword(secret, patience()),
    remove: (name) => new keyring.AsyncEntry(SERVICE, name).deleteCredential(patience()),
  }
}

/** Keeps a secret in the keychain and reads it back. `false`: there is no keychain that can be used right now. */
export async function keptInKeychain(name: string, secret: string): Promise<boolean> {
  try {
    const keychain = await systemKeychain()
    await keychain?.set(name, secret)
    return (await keychain?.get(name)) === secret
  } catch {
    // No session bus, a keychain that stays locked, a container: the key file is for these.
    return false
  }
}
