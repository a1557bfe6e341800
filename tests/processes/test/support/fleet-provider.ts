import type { ProviderSettings } from '../../src/messages.ts'

/** A provider over real HTTP, as a fleet needs it. */
export interface FleetProvider extends AsyncDisposable {
  /** What its members are told. */
  readonly settings: ProviderSettings
  /** When the token in force was issued. */
  issuedAt(): number
}
