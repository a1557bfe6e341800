import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.ts'

// Replaces the provider for the example: its fetch is the simulator, which answers for the real server.
const SIMULATED = `
import { simulateBitize } from '@chaveiro/simulator'

const simulator = simulateBitize({ url: new URL('https://api.bitize.com.br') })
globalThis.fetch = simulator.fetch
process.env.BITIZE_CONSUMER_KEY = simulator.credentials.consumerKey
process.env.BITIZE_SECRET_KEY = simulator.credentials.secretKey
process.on('exit', () => {
  if (simulator.count('authenticate') !== 1 || simulator.count('listVendors') !== 1) process.exitCode = 1
})
`

/**
 * Runs the first example of the README that was installed with `@chaveiro/bitize`, unchanged.
 *
 * @returns what it printed
 */
export async function runFirstExample(project: string): Promise<string> {
  const readme = await readFile(join(project, 'node_modules/@chaveiro/bitize/README.md'), 'utf8')
  const example = /^```ts\n(.*?)^```$/ms.exec(readme)?.[1]
  if (example === undefined) throw new Error('The README of @chaveiro/bitize has no example.')
  await writeFile(join(project, 'simulated.mjs'), SIMULATED)
  await writeFile(join(project, 'example.mjs'), example)
  const printed = await run(process.execPath, ['--import', './simulated.mjs', 'example.mjs'], { cwd: project })
  if (!printed.startsWith('200 ')) throw new Error(`The example did not get its vendors. It printed:\n${printed}`)
  return printed.trim()
}
