import parseChangeset from '@changesets/parse'
import { UNRELEASED } from '../readme/release-block.ts'
import { type Tree, textOf } from './tree.ts'

/** The sentence that `new-provider` writes into a changeset. */
const FIRST_SENTENCE = 'a valid access token in one line, and a simulator to test against.'

/** Until its first release, one changeset introduces a package, in words for its users. Gives what is wrong with that. */
export function changesetOf(id: string, tree: Tree): readonly string[] {
  const { version }: { version?: string } = JSON.parse(textOf(tree, `packages/${id}/package.json`) || '{}')
  if (version !== UNRELEASED) return []
  const name = `@chaveiro/${id}`
  const introducing = tree.files
    .filter((path) => /^\.changeset\/.*\.md$/.test(path) && path !== '.changeset/README.md')
    .filter((path) => parsed(tree.read(path)).includes(name))
  const [only, ...others] = introducing
  if (only === undefined)
    return [`.changeset has no file that introduces ${name}. Write .changeset/introduce-${id}.md.`]
  if (others.length > 0) return [`${introducing.join(', ')} all introduce ${name}. Make one of them.`]
  return tree.read(only).includes(FIRST_SENTENCE)
    ? [`${only} has the sentence it was begun with. Say what users of ${name} get.`]
    : []
}

/** The packages that a changeset names; none where it can't be read, which a test of the repository reports. */
function parsed(text: string): readonly string[] {
  try {
    return parseChangeset(text.replace(/^---\n+/, '---\n')).releases.map(({ name }) => name)
  } catch {
    return []
  }
}
