// A store for Cloudflare Workers: one Durable Object per record. It passes the suite of `docs/add-a-store.md`.
import { ChaveiroError } from '@chaveiro/core'
import { type SharedStore, type StoredRecord, shared } from '@chaveiro/core/shared'
import type { Sealer } from '@chaveiro/stores/sealer'

/** The binding of the class {@link TokenCell}: what is used of Cloudflare's `DurableObjectNamespace`. */
export interface TokenCells<Id = unknown> {
  idFromName(name: string): Id
  get(id: Id): { fetch(url: string, init?: RequestInit): Promise<Response> }
}

/** What is used of Cloudflare's `DurableObjectState`. */
interface CellState {
  readonly storage: { transaction<T>(work: (storage: CellStorage) => Promise<T>): Promise<T> }
}

interface CellStorage {
  get(name: string): Promise<unknown>
  put(name: string, value: Cell): Promise<void>
  delete(name: string): Promise<unknown>
}

/** A sealed record, and the version that the next commit has to expect. */
interface Cell {
  readonly version: string
  readonly sealed: string
}

interface Commit {
  readonly expect: string | null
  /** `null` deletes. */
  readonly next: Cell | null
}

/** The Durable Object: compares and writes in one step, for all Workers in the world. */
export class TokenCell {
  readonly #state: CellState

  constructor(state: CellState) {
    this.#state = state
  }

  async fetch(request: Request): Promise<Response> {
    const commit: Commit | undefined = request.method === 'PUT' ? JSON.parse(await request.text()) : undefined
    return this.#state.storage.transaction(async (storage) => {
      const found = await storage.get('record')
      const cell = isCell(found) ? found : null
      if (commit === undefined) return Response.json(cell)
      if ((cell?.version ?? null) !== commit.expect) return new Response(null, { status: 409 })
      if (commit.next === null) await storage.delete('record')
      else await storage.put('record', commit.next)
      return new Response(null, { status: 204 })
    })
  }
}

/** Keeps records in Durable Objects. They never expire, so the record of a sign-out stays too. */
export function durableObjectStore<Id>(cells: TokenCells<Id>, sealer: Sealer): SharedStore {
  const send = async (key: string, init?: RequestInit): Promise<Response> => {
    const response = await cells
      .get(cells.idFromName(key))
      .fetch('https://token-cell/', init)
      .catch(() => undefined)
    if (response?.ok || response?.status === 409) return response
    throw new ChaveiroError('store', 'The Durable Object of a record does not answer.')
  }
  return shared({
    sealed: true,
    async read(key): Promise<StoredRecord | null> {
      const cell: unknown = await (await send(key)).json()
      return isCell(cell) ? { version: cell.version, value: await sealer.open(cell.sealed, { key }) } : null
    },
    async commit(key, next, expect): Promise<string> {
      const version = crypto.randomUUID()
      const cell = next === null ? null : { version, sealed: await sealer.seal(next, { key }) }
      const commit: Commit = { expect, next: cell }
      const response = await send(key, { method: 'PUT', body: JSON.stringify(commit) })
      if (response.status === 409) throw new ChaveiroError('conflict', 'Another Worker has changed the record.')
      return version
    },
    async [Symbol.asyncDispose]() {},
  })
}

function isCell(value: unknown): value is Cell {
  return typeof value === 'object' && value !== null && 'version' in value && 'sealed' in value
}
