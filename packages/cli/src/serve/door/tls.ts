import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { Server as TlsServer } from 'node:https'
import { createSecureContext } from 'node:tls'
import type { Clock } from '@chaveiro/core'
import type { ServeTexts } from '../../messages/serve.en.ts'
import { EXIT } from '../../session/exit-code.ts'
import { Failure } from '../../session/failure.ts'

/** A certificate with its chain, and its key, as PEM. */
export interface TlsFiles {
  readonly cert: string
  readonly key: string
}

/** Where they are. */
export interface TlsPaths {
  readonly cert: string
  readonly key: string
}

const EVERY_MS = 5_000

/** Reads both files, and checks that they belong together. */
export async function readTls(paths: TlsPaths, { listen }: ServeTexts): Promise<TlsFiles> {
  try {
    const [cert, key] = await Promise.all([readFile(paths.cert, 'utf8'), readFile(paths.key, 'utf8')])
    createSecureContext({ cert, key })
    return { cert, key }
  } catch (error) {
    // What the library says of a key may quote it.
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Failure(EXIT.usage, 'usage', listen.tlsUnusable(paths.cert, paths.key, code))
  }
}

/**
 * Looks every 5 s whether the files have changed. While they don't fit, the old ones stay. Returns a function that ends
 * it.
 */
export function reloadTls(
  server: Server,
  paths: TlsPaths,
  first: TlsFiles,
  texts: ServeTexts,
  clock: Clock,
  tell: (event: 'tls-reloaded' | 'tls-unusable') => void,
): () => void {
  if (!(server instanceof TlsServer)) return () => {}
  let current = first
  let hasFailed = false
  let isOver = false
  let cancel = (): void => {}
  const look = async (): Promise<void> => {
    try {
      const files = await readTls(paths, texts)
      hasFailed = false
      if (isOver || (files.cert === current.cert && files.key === current.key)) return
      current = files
      server.setSecureContext({ ...files, minVersion: 'TLSv1.2' })
      tell('tls-reloaded')
    } catch {
      if (!hasFailed) tell('tls-unusable')
      hasFailed = true
    }
  }
  const schedule = (): void => {
    if (!isOver) cancel = clock.timer(() => void look().finally(schedule), EVERY_MS)
  }
  schedule()
  return () => {
    isOver = true
    cancel()
  }
}
