import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

const imported = /^(?:import|export)[^']*?from '([^']+)'/gm

/** Every module that a source file reaches, and the packages that they name. */
const graphOf = async (entry: URL): Promise<{ files: Map<string, string>; packages: Set<string> }> => {
  const files = new Map<string, string>()
  const packages = new Set<string>()
  const visit = async (file: URL): Promise<void> => {
    if (files.has(file.href)) return
    const source = await readFile(file, 'utf8')
    files.set(file.href, source)
    for (const [, name = ''] of source.matchAll(imported)) {
      if (name.startsWith('.')) await visit(new URL(name, file))
      else packages.add(name)
    }
  }
  await visit(entry)
  return { files, packages }
}

describe('the web-standard entry', () => {
  it('reaches no Node module and no package but the JSON Schema validator', async () => {
    const { files, packages } = await graphOf(new URL('../src/index.ts', import.meta.url))
    expect([...packages]).toEqual(['@cfworker/json-schema'])
    expect(files.size).toBeGreaterThan(15)
    for (const source of files.values())
      expect(source).not.toMatch(/\b(?:Buffer|process\.|require\(|eval\(|new Function)/)
  })
})

describe('the server entry', () => {
  it('adds Node and nothing else', async () => {
    const { packages } = await graphOf(new URL('../src/server.ts', import.meta.url))
    expect([...packages].sort()).toEqual(['node:events', 'node:http', 'node:https', 'node:timers/promises', 'node:tls'])
  })
})
