import { fileURLToPath } from 'node:url'
import type { Row } from '../row.ts'
import { entrySize } from './entry-size.ts'
import type { SizeBudget } from './size-budgets.ts'

const HERE = fileURLToPath(new URL('../..', import.meta.url))

/** A budget and what is left of it, in the workspace as it is built. */
export async function sizeRow(budget: SizeBudget): Promise<Row> {
  const { entry, only, onTopOf = [], atMostBytes } = budget
  const { bytes } = await entrySize(budget, HERE)
  return {
    what: `${only ? `\`${only.join(', ')}\` of ` : ''}\`${entry}\`, minified and brotli`,
    measured: `${bytes} bytes`,
    against: onTopOf.length > 0 ? `without ${onTopOf.join(', ')}` : 'with all it imports',
    figure: `${(bytes / 1024).toFixed(2)} KiB`,
    limit: `at most ${atMostBytes / 1024} KiB`,
    kept: bytes > 0 && bytes <= atMostBytes,
  }
}
