import type { AccountRef } from '../account-ref.ts'
import type { Tokens } from '../renewal.ts'
import type { ProviderIo } from './provider-io.ts'

/** What is asked of a parent's manager. */
export interface ParentManager {
  account(ref: AccountRef): Pick<Tokens<unknown>, 'getToken' | 'reject'>
  close(): Promise<void>
}

/** The tokens of a manager's parent schemes: the same account, credentials and store, another key. */
export interface ParentTokens<Manager> {
  /** The manager of one of the schemes. */
  manager(scheme: string): Manager
  token(account: AccountRef, ...args: Parameters<ProviderIo['token']>): ReturnType<ProviderIo['token']>
  /** Rejects like the `close()` of a manager, after all have been closed. */
  close(): Promise<void>
}

/** The schemes that a provider's token calls need a token of: what `parentSchemes()` returns. */
export interface ParentSchemes<Provider> {
  /** By scheme. */
  readonly providers: Readonly<Record<string, Provider>>
  /** `create` makes the manager of a scheme, when it is first needed. */
  open<Manager extends ParentManager>(create: (provider: Provider) => Manager): ParentTokens<Manager>
}
