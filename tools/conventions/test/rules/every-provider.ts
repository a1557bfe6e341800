import type { Tree } from '../../../codegen/src/index.ts'
import type { Rule } from '../prove.ts'
import { providerIds } from '../repository.ts'

/** What `pnpm provider` looks for in one provider, as a rule for all of them. */
export function everyProvider(find: (id: string, tree: Tree) => readonly string[]): Rule {
  return (repository) => providerIds(repository).flatMap((id) => find(id, repository))
}
