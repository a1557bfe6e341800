import { type KeyPath, objectIn } from '../spec/json.ts'
import type { SpecModel } from '../spec/spec.ts'
import { notWritten } from './check-supported.ts'
import type { Problem } from './problem.ts'
import type { Rule } from './rule.ts'

/** Every server has a name of its own and is https: a token call carries secrets. Without a host, it has a sentence. */
export const checkServers: Rule = ({ model }) => [
  ...checkDocumented(model),
  ...checkUndocumented(model),
  ...checkElsewhere(model),
]

function checkDocumented(model: SpecModel): readonly Problem[] {
  const seen = new Set<string>()
  return model.servers.flatMap(({ name, url, at }): Problem[] => {
    const problems: Problem[] = []
    if (Object.hasOwn(model.undocumentedServers, name)) {
      problems.push({
        at: [...at, 'x-name'],
        sentence: `\`x-undocumented-servers\` says that no document names the host of \`${name}\`.`,
      })
    }
    if (!/^[a-z][a-z0-9-]*$/.test(name)) {
      problems.push({ at, sentence: 'This server needs an `x-name` (lower case): users choose a server by name.' })
    } else if (seen.has(name)) {
      problems.push({ at: [...at, 'x-name'], sentence: `Another server is named \`${name}\` already.` })
    }
    if (!url.startsWith('https://')) {
      problems.push({ at: [...at, 'url'], sentence: `\`${url}\` is not https: token calls carry secrets.` })
    }
    for (const [braces] of url.matchAll(/\{[^}]*\}/g)) {
      const sentence = `Nothing says what \`${braces}\` is, so there is no host to send to. Name each host as a server.`
      problems.push({ at: [...at, 'url'], sentence })
    }
    seen.add(name)
    return problems
  })
}

/** `servers` of a path or an operation would be passed over: token calls go to the server that users choose. */
function checkElsewhere({ document, operations }: SpecModel): readonly Problem[] {
  const paths = objectIn(document, 'paths')
  const places = operations.flatMap(({ path, method, at }): readonly KeyPath[] => {
    const item = objectIn(paths, path)
    const own = objectIn(item, method.toLowerCase())
    return [...('servers' in item ? [at.slice(0, 2)] : []), ...('servers' in own ? [at] : [])]
  })
  const once = [...new Map(places.map((at) => [at.join(' '), at])).values()]
  return once.map((at) => notWritten([...at, 'servers'], '`servers` of a path or an operation'))
}

function checkUndocumented({ undocumentedServers }: SpecModel): readonly Problem[] {
  return Object.entries(undocumentedServers).flatMap(([name, where]) => {
    if (/\S \S/.test(where)) return []
    return [{ at: ['x-undocumented-servers', name], sentence: 'Say in a sentence where users find the host.' }]
  })
}
