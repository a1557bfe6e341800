/** One line of the table: a measured figure against a baseline or a budget. */
export interface Row {
  readonly what: string
  readonly measured: string
  readonly against: string
  readonly figure: string
  readonly limit: string
  readonly kept: boolean
}
