import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import * as all from '../src/index.ts'

it.each(['README.md', 'README.pt-BR.md'])('%s names every operation of every simulator', async (file) => {
  const readme = await readFile(new URL(`../${file}`, import.meta.url), 'utf8')
  for (const [name, simulate] of Object.entries(all)) {
    if (typeof simulate !== 'function' || !name.startsWith('simulate')) continue
    const simulator = simulate()
    const operations = 'operations' in simulator ? simulator.operations.map((operation) => `\`${operation}\``) : []
    const row = new RegExp(`^\\| \`${name}\` +\\| ${operations.join(', ')} +\\|$`, 'm')
    expect(readme).toMatch(row)
  }
})
