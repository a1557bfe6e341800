// The same in the edge runtime: the packages need nothing but web standards.
export const runtime = 'edge'
export const dynamic = 'force-dynamic'

export { GET } from '../../vendors/route.ts'
