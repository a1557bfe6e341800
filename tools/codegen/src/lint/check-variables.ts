import { type Json, type JsonObject, type KeyPath, listIn, objectIn } from '../spec/json.ts'
import type { Input } from '../spec/lifecycle.ts'
import type { Problem } from '../spec/problem.ts'
import { variableInputs, variablesIn } from '../spec/server-variables.ts'
import { type IssuedScheme, issuedSchemes, readServers, type Server, type SpecModel } from '../spec/spec.ts'
import { expressionsOf } from './expressions.ts'
import type { Rule } from './rule.ts'

/** A value that a user gives becomes part of a host, so nothing but a host label may come of it. */
export const checkVariables: Rule = ({ model }) => {
  const servers = allServers(model)
  const [first, ...others] = issuedSchemes(model)
  return [
    ...servers.flatMap((server) => checkServer(model, server)),
    ...issuedSchemes(model).flatMap((scheme) => [...checkBound(scheme, servers), ...checkInputs(scheme)]),
    ...others.flatMap((scheme) => (first === undefined ? [] : checkSame(first, scheme))),
  ]
}

function allServers({ document, servers }: SpecModel): readonly Server[] {
  const paths = objectIn(document, 'paths')
  return [...servers, ...Object.keys(paths).flatMap((path) => readServers(objectIn(paths, path), ['paths', path]))]
}

function urlsOf({ url, api, at }: Server): readonly { readonly at: KeyPath; readonly text: string }[] {
  return [{ at: [...at, 'url'], text: url }, ...(api === undefined ? [] : [{ at: [...at, 'x-api'], text: api }])]
}

function checkServer(model: SpecModel, server: Server): readonly Problem[] {
  const declared = objectIn(valueAt(model.document, server.at), 'variables')
  const schemes = issuedSchemes(model)
  return [
    ...urlsOf(server).flatMap(({ at, text }) =>
      variablesIn(text).flatMap((name): readonly Problem[] => {
        const isBound =
          schemes.length > 0 && schemes.every(({ lifecycle }) => Object.hasOwn(lifecycle.variables ?? {}, name))
        if (!isBound) {
          const sentence = `Nothing says what \`{${name}}\` is, so there is no host to send to. Name each host as a server, or bind it in \`variables\` of each lifecycle.`
          return [{ at, sentence }]
        }
        return isWhole(text, name)
          ? []
          : [{ at, sentence: `\`{${name}}\` is a whole label before a fixed domain, or a whole segment of the path.` }]
      }),
    ),
    ...Object.keys(declared).flatMap((name): readonly Problem[] => {
      if (listIn(objectIn(declared, name), 'enum').length === 0) return []
      const sentence = 'The hosts are known, and users choose a server by name. Write one server for each of them.'
      return [{ at: [...server.at, 'variables', name, 'enum'], sentence }]
    }),
  ]
}

function valueAt(document: JsonObject, at: KeyPath): Json | undefined {
  const owner = at[0] === 'paths' ? objectIn(objectIn(document, 'paths'), String(at[1])) : document
  return listIn(owner, 'servers')[Number(at.at(-1))]
}

/** Before two fixed labels at least, so that a value can't choose another domain. */
function isWhole(url: string, name: string): boolean {
  const [, host = '', path = ''] = /^https:\/\/([^/]*)(.*)$/.exec(url) ?? []
  const labels = host.split('.')
  const parts = [...labels.slice(0, -2), ...path.split('/')]
  return (
    labels.slice(-2).every((label) => /^[a-z0-9-]*[a-z][a-z0-9-]*(:\d+)?$/.test(label)) &&
    parts.filter((part) => part.includes(`{${name}}`)).every((part) => part === `{${name}}`) &&
    parts.includes(`{${name}}`)
  )
}

function checkBound({ at, lifecycle }: IssuedScheme, servers: readonly Server[]): readonly Problem[] {
  const used = servers.flatMap((server) => urlsOf(server).flatMap(({ text }) => variablesIn(text)))
  return Object.keys(lifecycle.variables ?? {})
    .filter((name) => !used.includes(name))
    .map((name) => ({
      at: [...at, 'variables', name],
      sentence: `No server has \`{${name}}\` in its URL, so nothing reads this. Leave it out.`,
    }))
}

function checkInputs(scheme: IssuedScheme): readonly Problem[] {
  const { at, lifecycle } = scheme
  const names = variableInputs(lifecycle)
  return [
    ...Object.entries(lifecycle.inputs).flatMap(([name, input]): readonly Problem[] => {
      const place = [...at, 'inputs', name]
      if (names.includes(name)) return checkInput(name, input, place)
      if (input.pattern === undefined) return []
      return [
        { at: [...place, 'pattern'], sentence: 'Only inputs that `variables` names have a pattern. Leave it out.' },
      ]
    }),
    ...expressionsOf(scheme)
      .filter((one) => one.at[at.length] !== 'variables' && names.some((name) => one.text === `$inputs.${name}`))
      .map(({ at, text }) => ({
        at,
        sentence: `\`${text}\` is part of the server, which is chosen before an account is. It can't be sent as well.`,
      })),
  ]
}

// What a variable's input has no use for.
const OTHERS = ['identity', 'optional', 'kind', 'default', 'env'] as const

function checkInput(name: string, input: Input, at: KeyPath): readonly Problem[] {
  if (name === 'server') {
    return [{ at, sentence: 'A program passes this beside the `server`, so it needs another name.' }]
  }
  if (input.secret === true) {
    return [
      {
        at: [...at, 'secret'],
        sentence: 'This is part of a host, which every resolver and log sees. It is not secret.',
      },
    ]
  }
  const other = OTHERS.find((word) => input[word] !== undefined)
  if (other !== undefined) {
    return [
      { at: [...at, other], sentence: `\`${name}\` is given with the server, so \`${other}\` means nothing here.` },
    ]
  }
  if (input.pattern === undefined) {
    const sentence = `\`${name}\` is part of a host. Say what it may be: \`pattern: "^[a-z0-9-]{1,63}$"\`, or narrower.`
    return [{ at, sentence }]
  }
  if (isHostLabel(input.pattern)) return []
  const sentence = `\`${input.pattern}\` may let more through than a host label. Write \`^…$\` around lower-case letters, digits and hyphens: \`^[a-z0-9-]{1,63}$\`.`
  return [{ at: [...at, 'pattern'], sentence }]
}

/**
 * Read from how it is written, because no number of samples proves it: literals and classes of lower-case letters, digits
 * and hyphens, counted, in groups. So no `.`, `/`, `:` or `@` can match, also not by a range such as `[0-z]`.
 */
function isHostLabel(pattern: string): boolean {
  const inside = /^\^(.*)\$$/.exec(pattern)?.[1]
  if (inside === undefined) return false
  const withoutClasses = inside.replace(/\[-?(?:[a-z]-[a-z]|[0-9]-[0-9]|[a-z0-9])+-?\]/g, 'x')
  const withoutGroups = unwrapped(withoutClasses.replace(/\{\d+(?:,\d*)?\}/g, ''))
  return /^[a-z0-9?*+-]+$/.test(withoutGroups)
}

/** Alternatives only within a group: at the top they would end what `^` and `$` hold. */
function unwrapped(text: string): string {
  const next = text.replace(/\((?:\?[:=!])?[a-z0-9?*+|-]*\)/g, 'x')
  return next === text ? text : unwrapped(next)
}

function checkSame(first: IssuedScheme, { at, lifecycle }: IssuedScheme): readonly Problem[] {
  return Object.entries(lifecycle.variables ?? {}).flatMap(([name, text]): readonly Problem[] => {
    const other = first.lifecycle.variables?.[name]
    if (other === undefined || other === text) return []
    const sentence = `\`${first.name}\` fills in \`${other}\`. Users choose a server once: bind the same input.`
    return [{ at: [...at, 'variables', name], sentence }]
  })
}
