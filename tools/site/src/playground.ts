import type { Texts } from './site-map.ts'

/** The path of the playground on the site, without language and ending. */
export const PLAYGROUND_PATH = 'playground'

export const PLAYGROUND_LABEL: Texts = { en: 'Playground', 'pt-BR': 'Experimente' }

/** A scene with the code that it runs, which is the file itself. */
const scene = (name: string): string => `<PlaygroundScene name="${name}">

<<< @/../../playground/scenes/${name}.ts

</PlaygroundScene>`

const component = (toSite: string): string => `<script setup>
import { PlaygroundScene } from '${toSite}/playground/playground-scene.ts'
</script>`

/** The page of the playground: scenes that run in the browser, each with its code. */
export const PLAYGROUND: Texts = {
  en: `---
layout: page
title: Playground
---

${component('../..')}

<main class="playground vp-doc">

# Playground

<p class="tagline">The packages run in this page, against a simulated Bitize. Change a number and run a scene again.</p>

Time is simulated too: a token call takes 400 ms, a request to the API 60 to 240 ms, and a day passes at once. Nothing
leaves this page. In your own pages the packages refuse to run, because keys belong on a server.

## 1,000 callers {#many-callers}

They all ask at the same moment, and there is no token yet. One token call serves them all.

${scene('many-callers')}

## 401 to all {#all-rejected}

The provider ends a token that should have lived for hours. Every request comes back with a 401. One of them renews the
token, and all are sent again.

${scene('all-rejected')}

## 25 hours pass {#hours-pass}

The access token has expired, and all callers wait for one refresh. Try 21 hours: the token is refreshed in the background
and no caller waits. After 48 hours the refresh token has expired too, so the keys are used again.

${scene('hours-pass')}

## Two processes {#processes}

Processes that share a store also share the token: one makes the token call, and the others find its result. Each process
is a client in this page, with nothing in common but the store. The project's tests use [real processes and a real
Redis](/decisions/real-processes), and kill some of them halfway.

${scene('processes')}

</main>
`,
  'pt-BR': `---
layout: page
title: Experimente
---

${component('../../..')}

<main class="playground vp-doc">

# Experimente no navegador

<p class="tagline">Os pacotes rodam nesta página, contra um Bitize simulado. Mude um número e rode a cena de novo.</p>

O tempo também é simulado: uma chamada ao endpoint de token leva 400 ms, uma requisição à API leva de 60 a 240 ms, e um dia
passa num instante. Nada sai desta página. Nas suas páginas os pacotes se recusam a rodar, porque o lugar das chaves é o
servidor.

## 1.000 chamadores {#many-callers}

Todos pedem dados no mesmo instante, e ainda não há token. Uma única chamada ao endpoint de token atende a todos.

${scene('many-callers')}

## 401 para todos {#all-rejected}

O provedor invalida um token que ainda valeria por horas. Toda requisição volta com 401. Uma delas renova o token, e todas
são reenviadas.

${scene('all-rejected')}

## 25 horas depois {#hours-pass}

O token de acesso expirou, e todos esperam uma única renovação. Experimente 21 horas: a renovação acontece em segundo
plano e ninguém espera. Depois de 48 horas o refresh token também já expirou, e as chaves são usadas de novo.

${scene('hours-pass')}

## Dois processos {#processes}

Processos que usam o mesmo armazenamento dividem também o token: um faz a chamada ao endpoint de token, e os outros
encontram o resultado. Aqui, cada processo é um cliente nesta página, e eles só têm o armazenamento em comum. Os testes do
projeto usam [processos de verdade e um Redis de verdade](/pt-BR/decisions/real-processes), e encerram alguns à força no
meio do caminho.

${scene('processes')}

</main>
`,
}
