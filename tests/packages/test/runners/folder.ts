import { join } from 'node:path'
import { WORKSPACE } from '../../src/index.ts'

/** The test runners of users, and Rollup, in a workspace of their own. */
export const RUNNERS: string = join(WORKSPACE, 'tests/packages/runners')
