import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inject } from 'vitest'
import type { run } from '../../src/program/run.ts'
import type { Command } from './home.ts'

/** The command from its sources, with the providers of another registry: of `asking-registry.ts` or `hosts-registry.ts`. */
export function sourceCommand(registry: 'asking' | 'hosts'): Command {
  const folder = join(inject('sourceCommands'), registry)
  const load = async (): Promise<typeof run> => {
    const bundle: { readonly run: typeof run } = await import(pathToFileURL(join(folder, 'run.mjs')).href)
    return bundle.run
  }
  return { main: join(folder, 'main.mjs'), load }
}
