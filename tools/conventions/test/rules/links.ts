import { posix } from 'node:path'
import type { Repository } from '../repository.ts'

// READMEs that only a test's own repository has.
const FIXTURES = ['tools/codegen/test/', 'tools/codegen/templates/']

/** A link within the repository leads to a file or a folder that is there, and an anchor to a heading. */
export function links(repository: Repository): readonly string[] {
  return repository.files
    .filter((path) => path.endsWith('.md') && !FIXTURES.some((folder) => path.startsWith(folder)))
    .flatMap((path) => linksOf(repository.read(path)).flatMap((link) => problemsOf(link, path, repository)))
}

function problemsOf(link: string, from: string, repository: Repository): readonly string[] {
  if (/^[a-z][a-z+.-]*:/.test(link)) return []
  const [target = '', anchor] = link.split('#')
  const path = target === '' ? from : posix.join(posix.dirname(from), decodeURI(target)).replace(/\/$/, '')
  if (!repository.files.includes(path) && !repository.files.some((file) => file.startsWith(`${path}/`))) {
    return [`${from} links to ${link}, and there is no ${path}.`]
  }
  if (anchor === undefined || !path.endsWith('.md') || anchorsOf(repository.read(path)).has(anchor)) return []
  return [`${from} links to ${link}, and ${path} has no such heading.`]
}

/** Inline links and definitions, but no text in code. */
function linksOf(markdown: string): readonly string[] {
  const prose = withoutCode(markdown)
  const found = [...prose.matchAll(/\]\(<?([^\s)>]+)>?(?: "[^"]*")?\)/g), ...prose.matchAll(/^\[[^\]]+\]: (\S+)/gm)]
  return found.map(([, link]) => link ?? '')
}

/** As GitHub makes them: lower case, no punctuation, hyphens for spaces, a number where one comes again. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of withoutFences(markdown).matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const text = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = text.replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replaceAll(' ', '-')
    let anchor = slug
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${slug}-${again}`
    anchors.add(anchor)
  }
  return anchors
}

function withoutCode(markdown: string): string {
  return withoutFences(markdown).replace(/`[^`\n]*`/g, '')
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1\2 *$/gm, '')
}
