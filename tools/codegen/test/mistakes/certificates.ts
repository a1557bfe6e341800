import type { Mistake } from './mistake.ts'

const lifecycle = 'components.securitySchemes.contractToken.x-token-lifecycle'

/** Certificates of clients. In the spec of vault. */
export const certificateMistakes: readonly Mistake[] = [
  {
    name: 'a certificate that is an ordinary input',
    edits: [
      {
        from: 'certificate: { description: The certificate of the contractor., kind: certificate }',
        to: 'certificate: { description: The certificate of the contractor., secret: true }',
      },
    ],
    keyPath: `${lifecycle}.acquire.security.contractor`,
    sentence: '`$inputs.certificate` is not a certificate. Give the input `kind: certificate`.',
    besides: [`${lifecycle}.api.security.contractor: \`$inputs.certificate\` is not a certificate.`],
  },
  {
    name: 'a certificate that is sent as a text',
    edits: [{ from: 'header.jwt_token: $token.secrets.jwt', to: 'header.jwt_token: $inputs.certificate' }],
    keyPath: `${lifecycle}.api.parameters.header.jwt_token`,
    sentence: '`$inputs.certificate` is a certificate: bind it to a scheme `type: mutualTLS` under `security`.',
  },
  {
    name: 'a certificate that is not secret',
    edits: [{ from: 'kind: certificate }', to: 'kind: certificate, secret: false }' }],
    keyPath: `${lifecycle}.inputs.certificate.secret`,
    sentence: 'A certificate is always secret, and is for the user to give. Leave `secret` out.',
  },
  {
    name: 'a certificate that is said to be secret',
    edits: [{ from: 'kind: certificate }', to: 'kind: certificate, secret: true }' }],
    keyPath: `${lifecycle}.inputs.certificate.secret`,
    sentence: 'A certificate is always secret, and is for the user to give. Leave `secret` out.',
  },
  {
    name: 'a pair in place of a certificate',
    edits: [
      {
        from: 'contractor: $inputs.certificate\n          token',
        to: 'contractor: { username: $inputs.consumerKey, password: $inputs.consumerSecret }\n          token',
      },
    ],
    keyPath: `${lifecycle}.acquire.security.contractor`,
    sentence: '`contractor` takes a certificate, not a pair.',
  },
  {
    name: 'a token call without the certificate that it needs',
    edits: [{ from: '            contractor: $inputs.certificate\n', to: '' }],
    keyPath: `${lifecycle}.acquire.security`,
    sentence: '`authenticate` requires the security scheme `contractor`, and nothing is bound to it.',
  },
  {
    name: 'a scheme of the API that does not exist',
    edits: [
      { from: 'security: { contractor: $inputs.certificate }', to: 'security: { contracter: $inputs.certificate }' },
    ],
    keyPath: `${lifecycle}.api.security.contracter`,
    sentence: 'There is no scheme `contracter` of `type: mutualTLS` in this document. Did you mean `contractor`?',
    besides: [`${lifecycle}.api.security.contracter: \`$inputs.certificate\` is a certificate`],
  },
]

const seal = 'components.securitySchemes.sealToken.x-token-lifecycle'

/** The same in the words of the standard. In the spec of seal. */
export const standardCertificateMistakes: readonly Mistake[] = [
  {
    name: 'a client with a certificate that no call presents',
    edits: [{ from: '        certificate: token-and-api\n', to: '' }],
    keyPath: `${seal}.client`,
    sentence: 'No call presents it. Say which: `certificate: token` or `token-and-api`.',
  },
  {
    name: 'an input for a certificate that no call presents',
    edits: [
      { from: '        client: certificate\n        certificate: token-and-api\n', to: '        client: body\n' },
      { from: 'inputs: { account:', to: 'inputs: { certificate: { env: SEAL }, account:' },
    ],
    keyPath: `${seal}.inputs.certificate`,
    sentence: 'No call presents it. Say which: `certificate: token` or `token-and-api`.',
  },
  {
    name: 'a secret beside the certificate',
    edits: [{ from: 'inputs: { account:', to: 'inputs: { clientSecret: { env: SEAL }, account:' }],
    keyPath: `${seal}.inputs.clientSecret`,
    sentence: '`client: certificate` sends no secret.',
  },
  {
    name: 'a scheme that the standard writes',
    edits: [{ from: '    sealToken:\n', to: '    clientCertificate: { type: mutualTLS }\n    sealToken:\n' }],
    keyPath: 'components.securitySchemes.clientCertificate',
    sentence: '`standard` writes this scheme itself. Give yours another name.',
  },
  {
    name: 'calls that present it by another name',
    edits: [{ from: 'certificate: token-and-api', to: 'certificate: api' }],
    keyPath: `${seal}.certificate`,
    sentence: '`api` is not one of: token, token-and-api.',
  },
]
