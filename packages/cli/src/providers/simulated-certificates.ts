import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Inputs } from './open-options.ts'
import { selfSigned } from './self-signed.ts'
import type { CliFacts } from './sign-in-method.ts'

// A simulator that runs for longer is started again.
const LIFE_DAYS = 90

/** Files for the certificates that providers ask for. */
export interface SimulatedCertificates {
  /** Makes a file for each certificate of a provider: the certificate and its key, in PEM. Gives their paths by input. */
  of(facts: CliFacts): Inputs
  /** Removes the files. */
  remove(): void
}

/** Certificates that no one issued, in a folder that only this user can read. */
export function simulatedCertificates(): SimulatedCertificates {
  let folder: string | undefined
  return {
    of({ id, inputs }) {
      const names = Object.keys(inputs).filter((name) => inputs[name]?.kind === 'certificate')
      return Object.fromEntries(
        names.map((name) => {
          folder ??= mkdtempSync(join(tmpdir(), 'chaveiro-simulate-'))
          const path = join(folder, `${id}-${name}.pem`)
          writeFileSync(path, selfSigned(id, new Date(), LIFE_DAYS), { mode: 0o600 })
          return [name, path]
        }),
      )
    },
    remove() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
