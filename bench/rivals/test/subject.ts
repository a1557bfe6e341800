import { readFileSync } from 'node:fs'
import type { Issuer } from './issuer.ts'

/** What every scenario begins with: an access token that has ended, and what gets a new one. */
export const HELD = {
  accessToken: 'old-access',
  refreshToken: 'old-refresh',
  clientId: 'client',
  clientSecret: 'hush-secret',
}

/** An account, as the library under test keeps it. */
export interface Client {
  token(options?: { tenant?: string; signal?: AbortSignal }): Promise<string>
  /** Calls the API with the token. Resolves with the status. */
  call(): Promise<number>
  close?(): unknown
}

/** A library, and what of the scenarios it does not set out to do. */
export interface Subject {
  readonly name: string
  readonly version: string
  /** In its own words, shortened. */
  readonly purpose: string
  /** Scenarios that are not its job, and why. */
  readonly leavesOut: Readonly<Partial<Record<string, string>>>
  open(issuer: Issuer): Client
}

/** The version that is installed. */
export function versionOf(name: string): string {
  const manifest = readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')
  const { version }: { version: string } = JSON.parse(manifest)
  return version
}
