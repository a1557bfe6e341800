export type { ResealResult, RotatableStore } from '../sealer/rotatable-store.ts'
export type { SealContext, Sealer } from '../sealer/sealer.ts'
export type { PgClient } from './pg.ts'
export type { PostgresJsClient } from './postgres-js.ts'
export {
  type PostgresClient,
  type PostgresStore,
  type PostgresStoreOptions,
  postgresStore,
} from './postgres-store.ts'
