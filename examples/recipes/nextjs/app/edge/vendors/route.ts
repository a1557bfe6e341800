// The same in the edge runtime: the packages need nothing but web standards.
export const runtime = 'edge'

export { dynamic, GET } from '../../vendors/route.ts'
