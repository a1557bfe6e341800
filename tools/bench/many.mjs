import { createTokenManager } from '@chaveiro/core'
import { inProcessProvider } from './dist/in-process-provider.js'
const N = 100000
const tokens = createTokenManager({ provider: inProcessProvider(64), credentials: () => ({}), maxAccounts: N })
const refs = Array.from({ length: N }, (_, i) => 'seller-' + i)
await tokens.warm(refs)
const sources = refs.map((r) => tokens.account(r))
const promises = []
for (const s of sources) promises.push(Promise.resolve(await s.getToken()))
const order = Array.from({ length: N }, (_, i) => i); for (let i = N - 1; i > 0; i--) { const j = Math.random() * (i + 1) | 0; [order[i], order[j]] = [order[j], order[i]] }
globalThis.gc?.()
const A = async () => { for (let i = 0; i < N; i++) await sources[order[i]].getToken() }
const B = async () => { for (let i = 0; i < N; i++) await promises[order[i]] }
const C = async () => { for (let i = 0; i < N; i++) await promises[0] }
const D = async () => { for (let i = 0; i < N; i++) await sources[0].getToken() }
const E = async () => { for (let i = 0; i < N; i++) Date.now() }
const t = async (f) => { const a = process.hrtime.bigint(); await f(); return Number(process.hrtime.bigint() - a) / N }
for (let i = 0; i < 3; i++) for (const f of [A, B, C, D, E]) await t(f)
const r = [[], [], [], [], []]
for (let i = 0; i < 21; i++) { let k = 0; for (const f of [A, B, C, D, E]) r[k++].push(await t(f)) }
const med = (x) => [...x].sort((a, b) => a - b)[x.length >> 1]
console.log('many', med(r[0]).toFixed(0), 'promises', med(r[1]).toFixed(0), 'ratio', med(r[0].map((x, i) => x / r[1][i])).toFixed(2), '| one', med(r[3]).toFixed(0), 'ready promise', med(r[2]).toFixed(0), 'ratio', med(r[3].map((x, i) => x / r[2][i])).toFixed(2), 'Date.now', med(r[4]).toFixed(0))
