import type { HelpTexts } from './help.en.ts'

/** A ajuda, em português. */
export const help: HelpTexts = {
  titles: { usage: 'Uso:', arguments: 'Argumentos:', options: 'Opções:', commands: 'Comandos:' },
  description: 'Tokens de acesso válidos para shells, scripts e pessoas.',
  version: 'mostra a versão',
  helpOption: 'mostra a ajuda',
  common: {
    json: 'escreve JSON em stdout, e erros como JSON em stderr',
    lang: 'en ou pt-BR (padrão: conforme LC_ALL, LC_MESSAGES, LANG)',
    profile: 'contas e armazenamento próprios (padrão: $CHAVEIRO_PROFILE, senão "default")',
    account: 'qual conta do provedor (padrão: a única, ou "default")',
    provider: 'o provedor: veja `chaveiro providers`',
    minValidity: 'um token que ainda valha por este tempo, como 30s, 10m, 2h',
    timeout: 'quanto pode demorar uma chamada de token (padrão: 15s)',
  },
  providers: { description: 'Quais provedores existem, o que cada um pede e onde obter.' },
  login: {
    description: 'Guarda os dados de uma conta, depois de uma chamada de token que os comprova.',
    server: 'onde a conta está: um nome que `chaveiro providers` mostra, ou uma URL',
    fromFile: 'lê os dados de um arquivo, JSON ou linhas NOME=valor; - é stdin',
    account: 'um nome para a conta (padrão: "default")',
    after: `
Os dados vêm de --from-file, senão do ambiente, senão são perguntados; nunca da linha de comando, onde outros usuários da
máquina os veriam.

Exemplos:
  chaveiro login bitize --server production
  chaveiro login bitize --server test --account loja --from-file dados.json
  pass show bitize | chaveiro login bitize --server production --from-file -`,
  },
  token: {
    description: 'Escreve um token válido, e nada mais.',
    after: `
Exemplos:
  curl -H "Authorization: Bearer $(chaveiro token bitize)" https://api.bitize.com.br/vendors
  chaveiro token bitize --min-validity 10m --json`,
  },
  request: {
    description: 'Envia uma requisição autenticada: corpo em stdout, status em stderr.',
    words: 'o método (padrão: GET; com -d, POST), depois um caminho ou uma URL do mesmo servidor',
    data: 'o corpo: texto, @arquivo ou @- para stdin',
    header: 'um cabeçalho, "Nome: valor"; pode ser repetido',
    retries: 'quantas vezes reenviar o que pode ser reenviado (padrão: 2)',
    timeout: 'quanto esperar pelo começo da resposta (padrão: 2m)',
    verbose: 'mostra requisição, tentativas e cabeçalhos em stderr, sem segredos',
    after: `
O corpo é JSON, a menos que -H "Content-Type: …" diga outra coisa. Código de saída: 0 para 2xx, 4 para 3xx e 4xx, 5 para 5xx.

Exemplos:
  chaveiro request bitize /vendors
  chaveiro request bitize POST /vendors -d @vendedor.json
  chaveiro request genpag /api/sellers/42/orders -v`,
  },
  exec: {
    description: 'Executa um comando com o token em uma variável de ambiente.',
    json: 'erros como JSON em stderr; stdout é do próprio comando',
    env: 'a variável (padrão: o provedor em maiúsculas e _TOKEN, como BITIZE_TOKEN)',
    command: 'o comando e seus argumentos, depois de --',
    after: `
O código de saída do comando é repassado, e os sinais também.

Exemplo:
  chaveiro exec bitize --env TOKEN -- sh -c 'curl -H "Authorization: Bearer $TOKEN" "$URL"'`,
  },
  status: {
    description: 'Como estão as contas: sem segredos, sem rede.',
    watch: 'continua, uma vez por segundo, até Ctrl-C',
  },
  tokens: {
    description: 'Tokens que um provedor lista: mostra, revoga ou cria.',
    action: 'list, revoke ou create',
    id: 'qual token revogar',
    lifetime: 'quanto vive um token criado, como 30d',
    after: `
Exemplo:
  chaveiro tokens list assine-online`,
  },
  logout: {
    description: 'Esquece uma conta, revogando o token onde o provedor permite.',
    all: 'todas as contas do perfil',
  },
  store: {
    description: 'Onde ficam os tokens de um perfil: mostra, ou escolhe outro lugar.',
    kind: 'file, ou url para Redis ou PostgreSQL',
    fromFile: 'lê a URL de um arquivo; - é stdin (padrão: $CHAVEIRO_STORE_URL, senão é perguntada)',
    after: `
A URL pode conter uma senha, por isso não é argumento; ela fica selada. Máquinas que compartilham um armazenamento também
compartilham a chave de selagem: defina CHAVEIRO_SEALING_KEY em cada uma antes do primeiro login.

Exemplos:
  chaveiro store
  CHAVEIRO_STORE_URL=rediss://… chaveiro store url --profile trabalho
  chaveiro store file`,
  },
  doctor: {
    description: 'Examina relógio, proxy, DNS, TLS e permissões, e diz o remédio.',
    server: 'examina também este servidor (uma URL), sem enviar nada secreto',
  },
  simulate: {
    description: 'Liga os simuladores nesta máquina e mostra o que eles aceitam.',
    providers: 'quais provedores (padrão: todos)',
    port: 'a primeira porta; os demais usam as seguintes (padrão: portas livres)',
  },
  demo: {
    description: 'Mostra o que uma fonte de tokens faz: em um provedor simulado, ou em um real.',
    provider: 'um provedor real, com seus dados no ambiente',
    server: 'o servidor do provedor real',
    after: `
Exemplos:
  chaveiro demo                             tudo nesta máquina, sem credenciais
  chaveiro demo bitize --server test        com BITIZE_CONSUMER_KEY e BITIZE_SECRET_KEY no ambiente`,
  },
  completion: {
    description: 'Escreve o script de autocompletar de um shell.',
    shell: 'bash, zsh, fish ou powershell',
    after: `
Exemplos:
  source <(chaveiro completion bash)                                     em ~/.bashrc
  source <(chaveiro completion zsh)                                      em ~/.zshrc
  chaveiro completion fish > ~/.config/fish/completions/chaveiro.fish`,
  },
  help: { description: 'Mostra a ajuda de um comando.', command: 'qual comando (padrão: todos)' },
  after: `
Códigos de saída: 0 feito, 1 falhou, 2 uso, 3 entre de novo, 4 recusado (3xx, 4xx), 5 erro do servidor (5xx), 6 tente mais
tarde, 7 armazenamento, 8 configuração, 130 Ctrl-C.

Primeiros passos:
  chaveiro providers
  chaveiro login bitize --server production
  chaveiro token bitize`,
}
