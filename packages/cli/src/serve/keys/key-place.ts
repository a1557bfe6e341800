import type { KeyDocument } from './key-document.ts'

/** Where the keys of a server are kept. */
export interface KeyPlace {
  /** The path of a file, or the name of a store, for messages. */
  readonly shown: string
  /**
   * The keys as they are now.
   * @throws {ChaveiroError} `store` where they can't be read, or not be believed.
   */
  read(): Promise<KeyDocument>
  /** Changes them; of two changes at once none is lost. */
  change(edit: (document: KeyDocument) => KeyDocument): Promise<void>
  /** When keys were last used; `undefined`: this place doesn't say. */
  readonly uses: KeyUses | undefined
}

/** When keys were last used, in epoch milliseconds. */
export interface KeyUses {
  read(id: string): Promise<number | undefined>
  note(id: string, at: number): Promise<void>
  forget(id: string): Promise<void>
}
