import { type JsonObject, objectIn, stringIn } from '../src/spec/json.ts'

/** A spec of `surfaces/`, by the name of its file. */
export interface Surface {
  readonly id: string
  readonly text: string
  readonly document: JsonObject
}

/** Why no spec says a surface whole. */
export type Reasons = Readonly<Record<string, string>>

/** The page of docs/reports: which token endpoints a spec can say. */
export function surfacesReport(stated: readonly Surface[], beyond: Reasons): string {
  const rest = Object.entries(beyond).sort(([one], [other]) => (one < other ? -1 : 1))
  const all = stated.length + rest.length
  return `# Which token endpoints a spec can say

Written by a program: \`npx --yes pnpm@12.21.0 vitest --project tools/codegen surfaces -u\`.

How far does the [vocabulary of specs](../write-a-spec.md) reach? We tried it on the token endpoints of ${all} APIs, Brazilian and
well-known ones. **${stated.length} of ${all} are said whole**: nothing of how a token is obtained, renewed and sent is left to code written by
hand. For each there is a short spec in [tools/codegen/test/surfaces](../../tools/codegen/test/surfaces). In a test, the
generator writes TypeScript from it, and the compiler accepts that.

These specs test the vocabulary. They are not providers, and no source of facts: nothing was tried against a live host,
and the last column says where each is known from. Look every fact up before you [add a provider](../add-a-provider.md).

| API | a token comes by | what is particular | lines | known from |
| --- | --- | --- | --- | --- |
${stated.map(row).join('\n')}

Lines are those of the spec that say something about tokens: not empty ones, comments, nor its \`info\`.

Known from: O, the vendor's documentation, seen in an excerpt; S, the vendor's machine-readable document or its SDK; C, code
of its community; 3, other prose; Q, quoted by two sources. An end or a rotation that no document states is \`undocumented\`
or \`unknown\` in the spec, and the library is then careful.

## Not said whole

| API | why |
| --- | --- |
${rest.map(([name, reason]) => `| ${name} | ${reason} |`).join('\n')}
`
}

function row({ text, document }: Surface): string {
  const info = objectIn(document, 'info')
  const [title, summary, description] = ['title', 'summary', 'description'].map((key) => stringIn(info, key) ?? '')
  return `| ${title} | ${waysIn(document).join(', ')} | ${summary} | ${linesOf(text)} | ${description} |`
}

/** How a first token comes, of each lifecycle. */
function waysIn(document: JsonObject): readonly string[] {
  const ways = Object.values(objectIn(document['components'], 'securitySchemes')).flatMap((scheme) => {
    const lifecycle = objectIn(scheme, 'x-token-lifecycle')
    if (Object.keys(lifecycle).length === 0) return []
    const isConsent = (lifecycle['consent'] ?? objectIn(scheme, 'flows')['authorizationCode']) !== undefined
    return [isConsent ? "a person's consent" : "the application's keys"]
  })
  return [...new Set(ways)]
}

function linesOf(text: string): number {
  const withoutInfo = text.replace(/^info:\n(?: .*\n)+/m, '')
  return withoutInfo.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#')).length
}
