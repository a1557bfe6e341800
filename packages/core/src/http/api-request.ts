/** What of a request of the API a provider may add to, before it leaves. */
export interface ApiRequest {
  /** What is set here replaces what the caller gave. */
  readonly headers: Headers
  /** Where it goes. Only its query may change: see `putQuery()`. */
  readonly url: URL
}
