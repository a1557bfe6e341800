import { createGenpag } from '@chaveiro/genpag'
import { writeHeapSnapshot } from 'node:v8'
import { readFileSync } from 'node:fs'
const N = 2000
let serial = 0
const fetch = async () => { serial += 1; return Response.json({ data: String(serial).padStart(64, 'x') }) }
const clients = new Map()
const open = async (t) => { const c = createGenpag({ server: 'sandbox', sellerId: t, refreshToken: `key-of-${t}`, fetch }); clients.set(t, c); if (process.argv[2] !== 'cold') await c.getToken() }
for (let i = 0; i < 100; i++) await open('first-' + i)
await new Promise(r => setTimeout(r, 50))
const agg = (f) => { const s = JSON.parse(readFileSync(f)); const { node_fields, node_types } = s.snapshot.meta; const n = node_fields.length; const m = new Map()
 for (let i = 0; i < s.nodes.length; i += n) { const type = node_types[0][s.nodes[i]]; let name = s.strings[s.nodes[i+1]]; if (type === 'string' || type==='concatenated string') name=''; if (type==='code'||type==='number') name = name.slice(0,30); const k = type + ' ' + name.slice(0,60); const e = m.get(k) ?? [0,0]; e[0]++; e[1] += s.nodes[i+3]; m.set(k, e) } return m }
gc(); const b0 = process.memoryUsage().heapUsed; 
const f1 = writeHeapSnapshot('/tmp/snap1.heapsnapshot')
for (let i = 0; i < N; i++) await open('seller-' + i)
await new Promise(r => setTimeout(r, 50))
gc(); 
const f2 = writeHeapSnapshot('/tmp/snap2.heapsnapshot')
const a = agg(f1), b = agg(f2)
const d = [...b].map(([k, [c, s]]) => [k, (c - (a.get(k)?.[0] ?? 0)) / N, (s - (a.get(k)?.[1] ?? 0)) / N]).filter(x => Math.abs(x[2]) > 4).sort((x, y) => y[2] - x[2])
let tot = 0; for (const x of d) tot += x[2]
console.log('total', tot)
for (const x of d.slice(0, 90)) console.log(x[2].toFixed(0).padStart(6), x[1].toFixed(2).padStart(6), x[0])
