// One ordinary resource, for the calls that tokens are for. Facts: the vendor's page "Workflow" for the POST; the GET is
// known from a third party's code only. What both answer is undocumented.

import { isJsonObject, type JsonObject } from '../json.ts'
import type { Route } from '../route.ts'
import type { Guard } from './guard.ts'
import { refuse } from './problem.ts'

/** The ordinary operations that the simulator knows. */
export type AssineOnlineApiOperation = 'createWorkflow' | 'readWorkflow'

/** A workflow as it was sent, with the id that the simulator gave it. */
export interface AssineOnlineWorkflow extends JsonObject {
  /** Made by the simulator. */
  readonly id: number
}

export const workflowRoutes = (
  workflows: AssineOnlineWorkflow[],
  guard: Guard,
): readonly Route<AssineOnlineApiOperation>[] => [
  {
    operation: 'createWorkflow',
    method: 'POST',
    path: '/v1/workflow',
    answer: guard(({ body }) => {
      if (!isJsonObject(body)) return refuse(400, 'body: expected a JSON object')
      const workflow = { ...body, id: workflows.length + 1 }
      workflows.push(workflow)
      return { status: 201, body: workflow }
    }),
  },
  {
    operation: 'readWorkflow',
    method: 'GET',
    path: '/v1/workflow/{id}',
    answer: guard(({ params: { id } }) => {
      const workflow = workflows.find((candidate) => String(candidate.id) === id)
      return workflow === undefined ? refuse(404, 'path.id: no such workflow') : { status: 200, body: workflow }
    }),
  },
]
