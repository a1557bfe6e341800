import { fileURLToPath } from 'node:url'

const MODULES = fileURLToPath(new URL('../programs/node_modules', import.meta.url))

/** A program of the runtimes' own workspace, by the path that npm gave it. */
export function program(path: string): string {
  return `${MODULES}/${path}`
}
