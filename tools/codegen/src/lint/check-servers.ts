import { objectIn } from '../spec/json.ts'
import type { Problem } from '../spec/problem.ts'
import { hostsOf, readServers, type Server, type SpecModel } from '../spec/spec.ts'
import type { Rule } from './rule.ts'

/** Every server has a name of its own and is https: a token call carries secrets. Without a host, it has a sentence. */
export const checkServers: Rule = ({ model }) => [
  ...checkDocumented(model),
  ...checkUndocumented(model),
  ...checkElsewhere(model),
]

function checkDocumented(model: SpecModel): readonly Problem[] {
  const seen = new Map<string, string>()
  return model.servers.flatMap((server): readonly Problem[] => {
    const { name, at } = server
    const place = hostsOf([{ ...server, name: '' }])
    const same = [...seen].find(([, one]) => one === place)?.[0]
    const known = seen.has(name)
    seen.set(name, place)
    return [
      ...checkName(model, server, known),
      ...checkUrls(server),
      ...(same === undefined || known
        ? []
        : [
            {
              at: [...at, 'url'],
              sentence: `Nothing tells \`${name}\` from \`${same}\`. Where one token endpoint serves two APIs, name them: \`x-api\`.`,
            },
          ]),
    ]
  })
}

function checkName({ undocumentedServers }: SpecModel, { name, at }: Server, isKnown: boolean): readonly Problem[] {
  if (Object.hasOwn(undocumentedServers, name)) {
    const sentence = `\`x-undocumented-servers\` says that no document names the host of \`${name}\`.`
    return [{ at: [...at, 'x-name'], sentence }]
  }
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    return [{ at, sentence: 'This server needs an `x-name` (lower case): users choose a server by name.' }]
  }
  return isKnown ? [{ at: [...at, 'x-name'], sentence: `Another server is named \`${name}\` already.` }] : []
}

function checkUrls({ url, api, at }: Server): readonly Problem[] {
  const urls = [['url', url] as const, ...(api === undefined ? [] : [['x-api', api] as const])]
  return urls.flatMap(([key, text]): readonly Problem[] => {
    const secrets = key === 'url' ? 'token calls carry secrets' : 'requests carry the token'
    return text.startsWith('https://') ? [] : [{ at: [...at, key], sentence: `\`${text}\` is not https: ${secrets}.` }]
  })
}

/** The servers of a path have the document's names, because users choose once. Those of an operation are passed over. */
function checkElsewhere(model: SpecModel): readonly Problem[] {
  const { document, operations } = model
  const paths = objectIn(document, 'paths')
  const names = model.servers.map(({ name }) => name)
  const ofPaths = Object.keys(paths).flatMap((path): readonly Problem[] => {
    const own = readServers(objectIn(paths, path), ['paths', path])
    const isSame = own.length === 0 || (own.length === names.length && own.every(({ name }) => names.includes(name)))
    const sentence = `Users choose a server once, so these have the names of the document's: ${names.join(', ')}.`
    return [...(isSame ? [] : [{ at: ['paths', path, 'servers'], sentence }]), ...own.flatMap(checkUrls)]
  })
  const ofOperations = operations.filter(
    ({ path, method }) => 'servers' in objectIn(objectIn(paths, path), method.toLowerCase()),
  )
  const sentence = 'The generator reads the servers of a path. Write these there, beside the method.'
  return [...ofPaths, ...ofOperations.map(({ at }) => ({ at: [...at, 'servers'], sentence }))]
}

function checkUndocumented({ undocumentedServers }: SpecModel): readonly Problem[] {
  return Object.entries(undocumentedServers).flatMap(([name, where]) => {
    if (/\S \S/.test(where)) return []
    return [{ at: ['x-undocumented-servers', name], sentence: 'Say in a sentence where users find the host.' }]
  })
}
