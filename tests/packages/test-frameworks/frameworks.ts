import { join } from 'node:path'
import { WORKSPACE } from '../src/index.ts'

/** wrangler and Next.js, in a workspace of their own. */
export const FRAMEWORKS: string = join(WORKSPACE, 'tests/packages/frameworks')
