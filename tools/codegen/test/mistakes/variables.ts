import type { Mistake } from './mistake.ts'

const stall = 'components.securitySchemes.stallToken.x-token-lifecycle'
const keeper = 'components.securitySchemes.keeperToken.x-token-lifecycle'
const pattern = '"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"'
const stated = 'secret: false\n'

// The input is one for both lifecycles, by an anchor.
const both = (at: string, sentence: string) => [`${keeper}.inputs.shop${at}: ${sentence}`]

function loose(name: string, to: string): Mistake {
  const sentence = `\`${to}\` may let more through than a host label.`
  return {
    name: `a pattern ${name}`,
    edits: [{ from: pattern, to: JSON.stringify(to) }],
    keyPath: `${stall}.inputs.shop.pattern`,
    sentence,
    besides: both('.pattern', sentence),
  }
}

function given(word: string, written: string, sentence: string): Mistake {
  return {
    name: `an input of the server with \`${word}\``,
    edits: [{ from: stated, to: `${written}\n` }],
    keyPath: `${stall}.inputs.shop.${word}`,
    sentence,
    besides: both(`.${word}`, sentence),
  }
}

/** What a user may put into a host. In the spec of bazaar. */
export const variableMistakes: readonly Mistake[] = [
  {
    name: 'braces that one lifecycle leaves open',
    edits: [{ from: '        inputs: { shop: *shop }\n        variables: { shop-name: $inputs.shop }\n', to: '' }],
    keyPath: 'servers.0.url',
    sentence:
      'Nothing says what `{shop-name}` is, so there is no host to send to. Name each host as a server, or bind it in `variables` of each lifecycle.',
    besides: [
      'servers.0.x-api: Nothing says what `{shop-name}` is',
      'paths./end.servers.0.url: Nothing says what `{shop-name}` is',
    ],
  },
  {
    name: 'a variable that is the whole domain',
    edits: [{ from: 'x-api: https://api.{shop-name}.bazaar.example/v2', to: 'x-api: https://{shop-name}.example' }],
    keyPath: 'servers.0.x-api',
    sentence: '`{shop-name}` is a whole label before a fixed domain, or a whole segment of the path.',
  },
  {
    name: 'a variable within a label',
    edits: [{ from: 'x-api: https://api.{shop-name}.', to: 'x-api: https://api-{shop-name}.' }],
    keyPath: 'servers.0.x-api',
    sentence: '`{shop-name}` is a whole label before a fixed domain, or a whole segment of the path.',
  },
  {
    name: 'a variable of known values',
    edits: [
      {
        from: 'x-api: https://api.{shop-name}.bazaar.example/v2\n    variables: { shop-name: { default: example } }',
        to: 'x-api: https://api.{shop-name}.bazaar.example/v2\n    variables: { shop-name: { default: example, enum: [example] } }',
      },
    ],
    keyPath: 'servers.0.variables.shop-name.enum',
    sentence: 'The hosts are known, and users choose a server by name. Write one server for each of them.',
  },
  {
    name: 'a variable that no server has',
    edits: [
      {
        from: 'variables: { shop-name: $inputs.shop }',
        to: 'variables: { shop-name: $inputs.shop, town: $inputs.shop }',
      },
    ],
    keyPath: `${stall}.variables.town`,
    sentence: 'No server has `{town}` in its URL, so nothing reads this. Leave it out.',
  },
  {
    name: 'a variable that is not an input',
    edits: [{ from: 'variables: { shop-name: $inputs.shop }', to: 'variables: { shop-name: main }' }],
    keyPath: `${stall}.variables.shop-name`,
    sentence: '`main` is not an input. Write `$inputs.` and its name.',
  },
  {
    name: 'an input of the server without a pattern',
    edits: [{ from: `            pattern: ${pattern}\n`, to: '' }],
    keyPath: `${stall}.inputs.shop`,
    sentence: '`shop` is part of a host. Say what it may be: `pattern: "^[a-z0-9-]{1,63}$"`, or narrower.',
    besides: both('', '`shop` is part of a host.'),
  },
  loose('without an end', '^[a-z]+'),
  loose('with a dot', '^[a-z.]+$'),
  loose('with any character', '^.+$'),
  loose('with a slash', '^[a-z/]+$'),
  loose('with a colon', '^[a-z]+(?::[0-9]+)?$'),
  loose('with an @', '^[a-z@]+$'),
  loose('with upper case', '^[A-Z]+$'),
  loose('with a range across other characters', '^[0-z]+$'),
  loose('with an excluding class', '^[^a]+$'),
  loose('with an escape', '^\\S+$'),
  loose('with an alternative outside a group', '^a|b$'),
  ...['^([a-z]+)+$', '^(?:[a-z0-9]+-?)*$', '^([a-z]|[a-z0-9])*$', '^[a-z]*[a-z]*$'].map((slow): Mistake => {
    const sentence = `\`${slow}\` can match one text in many ways, so a text that doesn't match takes it forever (catastrophic backtracking).`
    return {
      name: `a pattern that backtracks, ${slow}`,
      edits: [{ from: pattern, to: JSON.stringify(slow) }],
      keyPath: `${stall}.inputs.shop.pattern`,
      sentence,
      besides: both('.pattern', sentence),
    }
  }),
  {
    name: 'a schema whose pattern backtracks',
    edits: [
      {
        from: 'properties: { stall: { type: string }',
        to: 'properties: { stall: { type: string, pattern: "^(a+)+$" }',
      },
    ],
    keyPath: 'paths./stalls.post.requestBody.content.application/json.schema.properties.stall.pattern',
    sentence: '`^(a+)+$` can match one text in many ways',
  },
  {
    name: 'a schema whose pattern is broken',
    edits: [
      { from: 'properties: { stall: { type: string }', to: 'properties: { stall: { type: string, pattern: "[" }' },
    ],
    keyPath: 'paths./stalls.post.requestBody.content.application/json.schema.properties.stall.pattern',
    sentence: '`[` is not a regular expression.',
  },
  given('secret', 'secret: true', 'This is part of a host, which every resolver and log sees. It is not secret.'),
  {
    ...given('identity', 'identity: true', '`shop` is given with the server, so `identity` means nothing here.'),
    besides: [
      ...both('.identity', '`shop` is given with the server, so `identity` means nothing here.'),
      `${stall}.inputs.stall: The account is named by \`shop\` already.`,
    ],
  },
  given(
    'optional',
    'secret: false\n            optional: true',
    '`shop` is given with the server, so `optional` means nothing here.',
  ),
  given(
    'env',
    'secret: false\n            env: BAZAAR_SHOP',
    '`shop` is given with the server, so `env` means nothing here.',
  ),
  {
    name: 'a pattern of an input that is not part of the server',
    edits: [{ from: 'identity: true, env: BAZAAR_STALL', to: 'identity: true, env: BAZAAR_STALL, pattern: "^a$"' }],
    keyPath: `${stall}.inputs.stall.pattern`,
    sentence: 'Only inputs that `variables` names have a pattern. Leave it out.',
  },
  {
    name: 'an input of the server that is sent as well',
    edits: [{ from: 'body: { stall: $inputs.stall,', to: 'body: { stall: $inputs.shop,' }],
    keyPath: `${stall}.acquire.body.stall`,
    sentence: "`$inputs.shop` is part of the server, which is chosen before an account is. It can't be sent as well.",
    besides: [`${stall}.inputs.stall: Nothing uses the input`],
  },
]
