import type { Clock } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'
import { isFields, isInstant } from '../notes.ts'
import type { CallbackIssuer, PendingSealer } from '../provider/consent.ts'
import { digestOf } from '../random-id.ts'
import { unguessable } from './random-texts.ts'
import type { Shelf } from './shelf.ts'

/** How long a person may take. */
const PENDING_MS = 600_000

/** What has to be known when the person comes back. */
export interface Pending {
  /** Random: what it is used once by. */
  readonly id: string
  /** Absent, as the redirect URI is, where the person isn't sent back. */
  readonly state?: string | undefined
  readonly redirectUri?: string | undefined
  readonly verifier?: string | undefined
  readonly scopes: readonly string[]
  /** What is known about the callback, where a document of the provider said it. */
  readonly issuer?: CallbackIssuer | undefined
  /** Epoch milliseconds. */
  readonly until: number
}

/** One that was found, and not used yet. */
export interface FoundPending {
  readonly pending: Pending
  /** Uses it up. `false`: another call did. */
  readonly take: () => Promise<boolean>
  /** Makes it usable again, because nothing was sent. */
  readonly putBack: () => Promise<void>
}

/** What is kept between `begin()` and `finish()`, for one provider, server, client and account: the `binding`. */
export interface Pendings {
  /** Keeps it, for ten minutes unless something else is said. Returns the text for the browser, and when it ends. */
  add(
    binding: string,
    pending: Omit<Pending, 'id' | 'until'>,
    lifeMs?: number,
  ): Promise<{ readonly text: string; readonly until: number }>
  /** `undefined`: it is unknown here, was used, is too old, or has another binding. */
  find(binding: string, text: string): Promise<FoundPending | undefined>
}

/**
 * With a sealer, the browser keeps the content, and the shelf only knows that it is open. Without one, the browser keeps
 * a random handle, and the shelf has the content.
 */
export function pendings(clock: Clock, shelf: Shelf, sealer: PendingSealer | undefined): Pendings {
  const keyOf = (binding: string, id: string): Promise<string> => digestOf(`${binding},${id}`)
  return {
    async add(binding, facts, lifeMs = PENDING_MS) {
      const pending: Pending = { ...facts, id: unguessable(), until: clock.now() + lifeMs }
      const content = JSON.stringify(pending)
      await shelf.put(await keyOf(binding, pending.id), sealer ? '' : content, lifeMs)
      const text = sealer ? await quietly(async () => sealer.seal(content, await contextOf(binding))) : pending.id
      return { text, until: pending.until }
    },
    async find(binding, text) {
      const open = async (): Promise<string | undefined> => sealer?.open(text, await contextOf(binding))
      const opened = sealer && readPending(await quietly(open))
      if (sealer && opened === undefined) return undefined
      const key = await keyOf(binding, opened?.id ?? text)
      const place = await shelf.find(key, sealer !== undefined)
      const pending = opened ?? readPending(place?.content)
      if (!place || !pending || clock.now() >= pending.until) return undefined
      const { content } = place
      return {
        pending,
        take: () => place.take(pending.until - clock.now()),
        putBack: () => shelf.put(key, content, Math.max(1, pending.until - clock.now())),
      }
    },
  }
}

/** What a sealed text is bound to. No record of a store has such a key. */
async function contextOf(binding: string): Promise<{ key: string }> {
  return { key: `chaveiro/consent/1/${await digestOf(binding)}` }
}

/** The error of a sealer stays out: it may quote a key. */
async function quietly<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch {
    throw new ChaveiroError('store', 'The sealer of pending consents failed. Log its error inside it.')
  }
}

function readPending(content: string | undefined): Pending | undefined {
  if (content === undefined) return undefined
  try {
    const value: unknown = JSON.parse(content)
    return isPending(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isPending(value: unknown): value is Pending {
  if (!isFields(value)) return false
  const { id, state, verifier, redirectUri, scopes, issuer, until } = value
  return (
    typeof id === 'string' &&
    [state, redirectUri, verifier].every((text) => text === undefined || (typeof text === 'string' && text !== '')) &&
    Array.isArray(scopes) &&
    (issuer === undefined || isFields(issuer)) &&
    isInstant(until)
  )
}
