import { prove } from './prove.ts'
import { words } from './rules/words.ts'

prove('texts read as if a native speaker had written them', words, {
  'a word in English, and one in Portuguese': {
    tree: {
      'docs/a.md': 'One line.\n\nSomebody else refreshes it.',
      'README.pt-BR.md': 'O fornecedor responde.',
      'docs/a.pt-BR.md': '<!-- examples/a.ts -->\n\n```ts\n// Without a store.\n```\n\nO provedor.',
      'specs/acme/SOURCES.md': 'The page says: "Whoever calls".',
      'packages/acme/CHANGELOG.md': '- Somebody wrote this as a changeset.',
    },
    says: [
      'README.pt-BR.md: avoided words. line 1: "fornecedor" (provedor)',
      'docs/a.md: avoided words. line 3: "Somebody" (name the actor: caller, process, provider, user)',
    ],
  },
  'a number and a percentage of the other language': {
    tree: {
      'docs/a.md': 'It takes 1,000 calls, or 20 % of them.',
      'docs/a.pt-BR.md':
        'Leva 2.2 s, ou 1,000 chamadas no Node 20.19, 20 % do total. Já 2,2 s, 1.000 e 20% estão certos.',
    },
    says: [
      'docs/a.md: avoided words. line 1: "0 %" (20%)',
      'docs/a.pt-BR.md: avoided words. line 1: "2.2 s" (vírgula decimal: 2,2 s); line 1: "1,000" (ponto de milhar: 1.000); line 1: "0 %" (20%)',
    ],
  },
  'words of the command in Portuguese, but neither names of commands nor what a marketplace calls an order': {
    tree: {
      'src/messages/help.pt-br.ts': [
        "store: 'Mostra o store. Veja chaveiro store file e a opção store.',",
        "token: 'Imprime um token. A chave que sela fica no chaveiro do sistema.',",
        "scopes: 'Por exemplo pedidos, ou um pedido HTTP, de cada manager.',",
        "doctor: 'Faz exames de cada forma de entrar.',",
      ].join('\n'),
    },
    says: [
      'src/messages/help.pt-br.ts: avoided words. line 3: "pedido HTTP" (requisição); line 2: "sela" (criptografar, criptografado); line 1: "o store" (armazenamento); line 3: "cada manager" (gerenciador); line 2: "chaveiro do sistema" (keychain); line 4: "exames" (verificações); line 4: "forma de entrar" (fazer login); line 2: "Imprime um token" (exibe um token)',
    ],
  },
  'the members of a spec that are in Portuguese, and the English around them': {
    tree: {
      'specs/acme/openapi.yaml': [
        'key:',
        '  description: Nobody knows it.',
        '  x-description-pt-BR: >-',
        '    A chave que o',
        '    fornecedor exibe.',
        '  env: ACME_KEY',
        'other:',
        '  x-description-pt-BR: A chave de atualização.',
      ].join('\n'),
      'specs/genpag/openapi.yaml': 'key:\n  x-description-pt-BR: A chave de atualização.\n',
    },
    says: [
      'specs/acme/openapi.yaml: avoided words. line 2: "Nobody" (name the actor: caller, process, provider, user); line 5: "fornecedor" (provedor); line 8: "chave de atualização" (refresh token)',
    ],
  },
})
