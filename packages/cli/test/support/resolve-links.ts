import { statSync } from 'node:fs'
import { afterEach } from 'vitest'

// Node 20 keeps the result of the last synchronous `stat` in one place, and `realpathSync`, which resolves the links of imported
// packages, reads it there: after the `stat` of a pipe or a socket it gives up at the first folder that it has seen before, and
// packages that a link leads to aren't found. The next `stat` of anything else resets it.
const forgetPipes = (): void => void statSync('.')

forgetPipes()
afterEach(forgetPipes)
