import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PROJECT } from '../test/installed.ts'
import { PROBE_PROGRAM, writeProbePackage } from '../test/probe-package.ts'
import { FRAMEWORKS } from './frameworks.ts'
import { CLIENTS } from './provider-programs.ts'

const route = (runtime: string): string => `
import { answer } from '../../clients.mjs'
import { set } from '../../probe.mjs'
export const runtime = '${runtime}'
export const dynamic = 'force-dynamic'
export const GET = async (request) => Response.json({ set, ...(await answer()) })
`

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true, "type": "module" }',
  // Next.js looks for the root of a workspace, and would take a lockfile further up for it.
  'next.config.mjs': 'export default { outputFileTracingRoot: import.meta.dirname, experimental: { cpus: 1 } }',
  'probe.mjs': PROBE_PROGRAM,
  'clients.mjs': CLIENTS,
  'app/layout.js': 'export default ({ children }) => <html><body>{children}</body></html>',
  'app/node/route.js': route('nodejs'),
  'app/edge/route.js': route('edge'),
  'app/page/page.js': `'use client'
    import { set } from '../../probe.mjs'
    export default () => <p>{set.join(' ')}</p>`,
}

/** Writes an application of Next.js with these files too, and gives its folder. */
export async function nextApp(name: string, more: Readonly<Record<string, string>>): Promise<string> {
  const app = join(PROJECT, name)
  await writeProbePackage(PROJECT)
  for (const [file, text] of Object.entries({ ...FILES, ...more })) {
    await mkdir(dirname(join(app, file)), { recursive: true })
    await writeFile(join(app, file), text)
  }
  await mkdir(join(app, 'node_modules'))
  for (const name of ['next', 'react', 'react-dom']) {
    await symlink(join(FRAMEWORKS, 'node_modules', name), join(app, 'node_modules', name))
  }
  return app
}

export const NEXT: string = join(FRAMEWORKS, 'node_modules/next/dist/bin/next')
