/// <reference lib="esnext.disposable" preserve="true" />

/** A record as a store returns it. `value: undefined`: the record exists, but is torn or can't be opened. */
export interface StoredRecord {
  /** What `commit` has to expect. Opaque, fresh at each commit. */
  readonly version: string
  /** The record’s text, as it was committed. */
  readonly value: string | undefined
}

/**
 * Where tokens are between uses: a compare-and-swap cell per key, nothing else. Several processes may share it.
 * `storeConformance` of `@chaveiro/core/testing` tests an implementation.
 */
export interface TokenStore extends AsyncDisposable {
  /** What is written can't be read without a key. */
  readonly sealed: boolean
  /**
   * The record of a key, or `undefined` or `null` if it's absent. Rejects with code `store` if the store can't tell.
   */
  read(key: string, options?: { signal?: AbortSignal | undefined }): Promise<StoredRecord | null | undefined>
  /**
   * Writes only if the stored version is `expect` (`null`: absent); `next: null` deletes. Otherwise rejects with a
   * ChaveiroError with code `conflict`. Returns the new version: opaque, fresh and random at each commit, so that a
   * deleted and re-created record never matches an old one. With `ttlMs`, the store forgets the record that long after
   * the commit, unless another commit comes first; a store that can't keeps it.
   */
  commit(
    key: string,
    next: string | null,
    expect: string | null,
    options?: { ttlMs?: number | undefined },
  ): Promise<string>
}
