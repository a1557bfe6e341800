import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { isChaveiroError } from '@chaveiro/core'
import { readAll } from '../files/read-file.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { canAsk, type Session, say } from '../session/session.ts'
import { certificatesIn, keyName, passphraseName } from './certificate-inputs.ts'
import { type CertificatePaths, isWrongPassphrase, needsOf, readCertificate } from './certificate-paths.ts'
import type { Inputs } from './open-options.ts'
import type { CliInput } from './sign-in-method.ts'

/** How a certificate is completed. */
interface CompleteOptions {
  /** May a person be asked for what is missing? */
  readonly isAsking: boolean
}

/**
 * Reads the certificates that inputs name, before anything is sent with them, and asks for what opening them takes. Paths
 * become absolute, because the next command may run elsewhere. What is wrong with a file is an error that says how to fix it.
 */
export async function completeCertificates(
  session: Session,
  facts: Readonly<Record<string, CliInput>>,
  inputs: Inputs,
  { isAsking }: CompleteOptions,
): Promise<Inputs> {
  const complete: Record<string, string> = { ...inputs }
  for (const [name, given] of certificatesIn(facts, inputs)) {
    const certificate = { session, facts, name, isAsking: isAsking && canAsk(session) }
    const { path, key, passphrase } = await opened(certificate, absolute(given))
    complete[name] = path
    if (key !== undefined) complete[keyName(name)] = key
    if (passphrase !== undefined) complete[passphraseName(name)] = passphrase
  }
  return complete
}

interface Certificate {
  readonly session: Session
  readonly facts: Readonly<Record<string, CliInput>>
  readonly name: string
  readonly isAsking: boolean
}

/** The paths with which a certificate opens. */
async function opened(certificate: Certificate, paths: CertificatePaths): Promise<CertificatePaths> {
  const { session, facts, name, isAsking } = certificate
  const { certificate: texts } = session.texts.connection
  const needs = await needsOf(paths, (path) => readAll(createReadStream(path), path, session.texts))
  const variable = (input: string): string => facts[input]?.env ?? input
  if (needs.key) {
    if (!isAsking) throw misconfigured(texts.keyMissing(paths.path, variable(keyName(name))))
    const { ask } = await import('./ask.ts')
    const key = resolve(await ask(session, `${keyName(name)}: ${texts.key}`, false, () => undefined))
    return opened(certificate, { ...paths, key })
  }
  try {
    if (needs.passphrase && isAsking) return await withPassphrase(session, name, paths)
    await readCertificate(paths)
    return paths
  } catch (error) {
    const inputs = [name, keyName(name), passphraseName(name)].map(variable)
    throw explained(error, texts.check(inputs))
  }
}

/** Asks until the passphrase is right. */
async function withPassphrase(session: Session, name: string, paths: CertificatePaths): Promise<CertificatePaths> {
  const { ask } = await import('./ask.ts')
  const question = `${passphraseName(name)}: ${session.texts.connection.certificate.passphrase}`
  for (;;) {
    const complete = { ...paths, passphrase: await ask(session, question, true, () => undefined) }
    try {
      await readCertificate(complete)
      return complete
    } catch (error) {
      if (!isWrongPassphrase(error)) throw error
      say(session, error.message)
    }
  }
}

function absolute({ path, key, ...paths }: CertificatePaths): CertificatePaths {
  return { ...paths, path: resolve(path), key: key === undefined ? undefined : resolve(key) }
}

function explained(error: unknown, fix: string): unknown {
  return isChaveiroError(error) ? misconfigured(`${error.message}\n${fix}`) : error
}

function misconfigured(message: string): Failure {
  return new Failure(EXIT.configuration, 'misconfigured', message)
}
