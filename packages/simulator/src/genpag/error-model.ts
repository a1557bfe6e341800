import type { Answer } from '../answer.ts'
import type { Json } from '../json.ts'

/** An answer that says no. `detail` holds no value of a request. */
export type Refuse = (status: number, detail: string) => Answer

/** No document shows an error of Genpag's, so the test decides what its body contains. */
export const refuseWith =
  (errorBody: (status: number, detail: string) => Json | undefined): Refuse =>
  (status, detail) => ({ status, detail, body: errorBody(status, detail) })
