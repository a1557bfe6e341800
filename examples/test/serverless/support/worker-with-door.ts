// The example's Worker, with a door to its Durable Objects: the test looks at them from outside.
import worker, { type WorkerContext, type WorkerEnvironment } from '../../../serverless/worker.ts'

export { TokenCell } from '../../../serverless/worker.ts'

export default {
  async fetch(request: Request, env: WorkerEnvironment, context: WorkerContext): Promise<Response> {
    const cell = new URL(request.url).searchParams.get('cell')
    if (cell === null) return worker.fetch(request, env, context)
    const { method } = request
    const { TOKEN_CELLS: cells } = env
    const body = method === 'GET' ? null : await request.text()
    return cells.get(cells.idFromName(cell)).fetch('https://token-cell/', { method, body })
  },
}
