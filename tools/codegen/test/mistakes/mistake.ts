/** A mistake in a spec, and the sentence that it is answered with. */
export interface Mistake {
  readonly name: string
  /** What is replaced by what, in the spec unless a file is named. */
  readonly edits: readonly { readonly from: string; readonly to: string; readonly file?: string }[]
  readonly keyPath: string
  readonly sentence: string
  /** What else it causes, each as `keyPath: sentence` or its beginning. */
  readonly besides?: readonly string[]
}
