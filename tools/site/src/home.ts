import type { Texts } from './site-map.ts'

/** The first page: what the project does, the code that does it, and where to go from there. */
export const HOME: Texts = {
  en: `---
layout: page
title: Chaveiro
titleTemplate: Valid access tokens
---

<main class="home vp-doc">

# A valid access token, always

<p class="tagline">Chaveiro gets access tokens for your API calls, refreshes them before they expire, and never leaks
them: in every process, through every failure.</p>

<div class="actions">

[Get started](/guide/start) [See it run](/playground) [Find your provider](/providers/)

</div>

\`\`\`ts
import { createBitize } from '@chaveiro/bitize'

const bitize = createBitize({ server: 'production', consumerKey, secretKey })

const response = await bitize.fetch('/vendors') // with a valid token
\`\`\`

- **One call for all.** A thousand callers and eight processes share one token call. A single-use refresh token is sent
  once. [How it works](/guide/core)
- **Your provider, typed.** Each provider is a package, generated from a spec of its token endpoints. Any other OAuth
  server works too. [Providers](/providers/)
- **From any language.** The command line serves tokens to Python, PHP and shell scripts, and a proxy adds them to
  requests. [Command line](/guide/command-line)
- **Tested against failures.** A simulator of each provider plays expiry, 401s, rate limits and lost answers in your own
  tests. [Testing](/guide/simulator)

</main>
`,
  'pt-BR': `---
layout: page
title: Chaveiro
titleTemplate: Tokens de acesso válidos
---

<main class="home vp-doc">

# Sempre um token de acesso válido

<p class="tagline">O Chaveiro obtém os tokens de acesso das suas chamadas de API, renova cada um antes do vencimento e
nunca os expõe: em todos os processos, em qualquer falha.</p>

<div class="actions">

[Comece aqui](/pt-BR/guide/start) [Veja funcionando](/pt-BR/playground) [Encontre seu provedor](/pt-BR/providers/)

</div>

\`\`\`ts
import { createBitize } from '@chaveiro/bitize'

const bitize = createBitize({ server: 'production', consumerKey, secretKey })

const response = await bitize.fetch('/vendors') // com um token válido
\`\`\`

- **Uma chamada para todos.** Mil requisições e oito processos dividem uma só chamada ao endpoint de token. Um refresh
  token de uso único é enviado uma única vez. [Como funciona](/pt-BR/guide/core)
- **Seu provedor, com tipos.** Cada provedor é um pacote, gerado a partir de uma especificação dos endpoints de token.
  Qualquer outro servidor OAuth também funciona. [Provedores](/pt-BR/providers/)
- **De qualquer linguagem.** A linha de comando entrega tokens a programas em Python, PHP e shell, e um proxy os coloca
  nas requisições. [Linha de comando](/pt-BR/guide/command-line)
- **Testado contra falhas.** O simulador de cada provedor reproduz vencimentos, 401, limites e respostas perdidas nos
  seus próprios testes. [Testes](/pt-BR/guide/simulator)

</main>
`,
}
