import { createTokenManager } from '@chaveiro/core'
import { inProcessEndpoint } from '/work/w-bench19/tools/bench/dist/in-process-endpoint.js'
const { provider, fetch, bareCall } = inProcessEndpoint(+process.argv[2] || 64)
for (let r = 0; r < 8; r++) {
let c = process.cpuUsage(); 
const tokens = createTokenManager({ provider, fetch, credentials: () => ({key:'a-key-of-an-account'}), maxAccounts: 10000 })
await tokens.warm(Array.from({length: 5000}, (_, i) => 's' + i)); await tokens.close()
c = process.cpuUsage(c); let d = process.cpuUsage(); for (let i = 0; i < 5000; i++) await bareCall(); d = process.cpuUsage(d)
console.log(((c.user + c.system) / 5000).toFixed(1), ((d.user + d.system) / 5000).toFixed(1), ((c.user + c.system)/(d.user+d.system)).toFixed(2))
}
