import { fileURLToPath } from 'node:url'

/** Where the repository begins. */
export const WORKSPACE: string = fileURLToPath(new URL('../../..', import.meta.url))
