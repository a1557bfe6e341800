import type { InputFact } from '@chaveiro/core/provider'
import { type CertificatePaths, certificateOf } from './certificate-paths.ts'
import type { Inputs } from './open-options.ts'
import type { CliInput, SignInMethod } from './sign-in-method.ts'

/**
 * The inputs as the command takes them: for a certificate the path of its file, and beside it the path of the key and the
 * passphrase, each with a variable of its own.
 */
export function withCertificateParts(inputs: Readonly<Record<string, InputFact>>): Readonly<Record<string, CliInput>> {
  const all = Object.entries(inputs).flatMap(([name, fact]): [string, CliInput][] => {
    if (fact.kind !== 'certificate') return [[name, fact]]
    const part = (of: 'key' | 'passphrase'): CliInput => ({
      part: of,
      description: '',
      optional: true,
      env: fact.env && `${fact.env}_${of.toUpperCase()}`,
    })
    return [
      [name, fact],
      [keyName(name), part('key')],
      [passphraseName(name), { ...part('passphrase'), secret: true }],
    ]
  })
  return Object.fromEntries(all)
}

/** A method that takes a certificate takes its parts too. */
export function withParts(inputs: Readonly<Record<string, CliInput>>, method: SignInMethod): SignInMethod {
  const parts = (name: string): string[] =>
    inputs[name]?.kind === 'certificate' ? [name, keyName(name), passphraseName(name)] : [name]
  return { ...method, inputs: method.inputs.flatMap(parts) }
}

export function keyName(certificate: string): string {
  return `${certificate}Key`
}

export function passphraseName(certificate: string): string {
  return `${certificate}Passphrase`
}

/** The certificates among inputs, by name. */
export function certificatesIn(
  facts: Readonly<Record<string, CliInput>>,
  inputs: Inputs,
): readonly (readonly [name: string, paths: CertificatePaths])[] {
  return Object.entries(facts).flatMap(([name, { kind }]) => {
    const path = inputs[name]
    if (kind !== 'certificate' || path === undefined) return []
    return [[name, { path, key: inputs[keyName(name)], passphrase: inputs[passphraseName(name)] }] as const]
  })
}

/** Does this account present a certificate? */
export function hasCertificate(facts: Readonly<Record<string, InputFact>>, inputs: Inputs): boolean {
  return Object.entries(facts).some(([name, { kind }]) => kind === 'certificate' && inputs[name] !== undefined)
}

/** The inputs as a provider takes them: certificates in place of their paths. */
export function withCertificates(facts: Readonly<Record<string, CliInput>>, inputs: Inputs): Record<string, unknown> {
  const others = Object.entries(inputs).filter(([name]) => facts[name]?.part === undefined)
  const certificates = certificatesIn(facts, inputs).map(([name, paths]) => [name, certificateOf(paths)] as const)
  return { ...Object.fromEntries(others), ...Object.fromEntries(certificates) }
}
