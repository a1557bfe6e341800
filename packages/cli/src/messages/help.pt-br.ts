import type { HelpTexts } from './help.en.ts'

/** A ajuda, em português. */
export const help: HelpTexts = {
  titles: { usage: 'Uso:', arguments: 'Argumentos:', options: 'Opções:', commands: 'Comandos:' },
  description: 'Tokens de acesso válidos para shells, scripts e pessoas.',
  version: 'exibe a versão',
  helpOption: 'exibe esta ajuda',
  common: {
    json: 'exibe JSON em stdout e erros como JSON em stderr',
    lang: 'en ou pt-BR (padrão: conforme LC_ALL, LC_MESSAGES, LANG)',
    profile: 'um conjunto separado de contas, com armazenamento próprio (padrão: $CHAVEIRO_PROFILE ou "default")',
    account: 'a conta a usar (padrão: a única, ou "default")',
    provider: 'o provedor, como aparece em `chaveiro providers`',
    minValidity: 'por quanto tempo o token ainda deve valer, como 30s, 10m ou 2h',
    timeout: 'tempo máximo de uma chamada ao endpoint de token (padrão: 15s)',
  },
  environment: {
    fromEnv: 'usa a conta das variáveis que `chaveiro providers` lista, cada uma como NOME ou NOME_FILE',
    server: 'com --from-env: um nome de `chaveiro providers` ou uma URL (padrão: uma variável como $BITIZE_SERVER)',
    store:
      'com --from-env: guarda os tokens em Redis ou PostgreSQL (padrão: $CHAVEIRO_STORE_URL, senão nada é guardado)',
    state: 'com --from-env: guarda os tokens nesta pasta',
  },
  providers: { description: 'Lista os provedores, os dados que cada um pede e onde encontrá-los.' },
  login: {
    description: 'Faz login em uma conta, com os dados dela ou com a autorização de uma pessoa no navegador.',
    server: 'o servidor da conta: um nome de `chaveiro providers` ou uma URL',
    tenant: 'uma parte do endereço do servidor que é sua, como shop=porta-azul; pode ser repetida',
    fromFile: 'lê os dados de um arquivo com JSON ou linhas NOME=valor; - é stdin',
    account: 'um nome para a conta (padrão: "default")',
    scopes: 'os escopos a pedir, como pedidos,estoque (padrão: os anteriores)',
    port: 'a porta para a qual o navegador volta (padrão: uma livre)',
    redirectUri:
      'o endereço cadastrado para o qual o navegador volta (padrão: uma variável como $ACME_REDIRECT_URI, senão esta máquina)',
    paste: 'cola o endereço em que o navegador terminar, em vez de esperar por ele',
    after: `
Os dados vêm de --from-file, senão do ambiente, senão o comando pergunta. Eles nunca são argumentos, pois outros usuários
da máquina podem vê-los.

Se uma pessoa precisa autorizar, um navegador abre ($BROWSER, se definido) e volta a
http://127.0.0.1:<porta>/<provedor>/<servidor>. Cadastre esse endereço no provedor. Se o provedor só aceita endereços
https, informe o que você cadastrou com --redirect-uri e cole o endereço em que o navegador terminar.

Exemplos:
  chaveiro login bitize --server production
  chaveiro login bitize --server test --account loja --from-file dados.json
  pass show bitize | chaveiro login bitize --server production --from-file -`,
  },
  token: {
    description: 'Exibe um token válido e nada mais.',
    provider: 'o provedor (padrão: o da única conta)',
    after: `
Exemplos:
  curl -H "Authorization: Bearer $(chaveiro token bitize)" https://api.bitize.com.br/vendors
  chaveiro token bitize --min-validity 10m --json`,
  },
  request: {
    description: 'Envia uma requisição autenticada; exibe o corpo em stdout e o status em stderr.',
    words: 'um método (padrão: GET, ou POST com -d), depois um caminho ou uma URL do mesmo servidor',
    data: 'o corpo: texto, @arquivo ou @- para stdin',
    header: 'um cabeçalho no formato "Nome: valor"; pode ser repetido',
    retries: 'quantas vezes reenviar uma requisição que pode ser reenviada (padrão: 2)',
    timeout: 'quanto tempo esperar até a resposta começar (padrão: 2m)',
    include: 'exibe status e cabeçalhos antes do corpo, sem segredos',
    pick: 'exibe só o valor neste JSON pointer, como /data/0/id; textos saem sem aspas',
    verbose: 'exibe requisição, tentativas e cabeçalhos em stderr, sem segredos',
    after: `
O corpo é JSON, a menos que você defina -H "Content-Type: …". Código de saída: 0 para 2xx, 4 para 3xx e 4xx, 5 para 5xx.

Exemplos:
  chaveiro request bitize /vendors
  chaveiro request bitize POST /vendors -d @vendedor.json
  chaveiro request genpag /api/sellers/42/orders -v`,
  },
  exec: {
    description: 'Executa um comando com um token em uma variável de ambiente.',
    json: 'exibe erros como JSON em stderr; stdout fica para o comando',
    env: 'a variável (padrão: o provedor seguido de _TOKEN, como BITIZE_TOKEN)',
    command: 'o comando e seus argumentos, depois de --',
    after: `
O chaveiro repassa os sinais ao comando e termina com o código de saída dele.

Exemplo:
  chaveiro exec bitize --env TOKEN -- sh -c 'curl -H "Authorization: Bearer $TOKEN" "$URL"'`,
  },
  status: {
    description: 'Mostra o estado de cada conta, sem segredos e sem usar a rede.',
    providers: 'os provedores a mostrar (padrão: todos)',
    watch: 'atualiza a cada segundo até Ctrl-C',
  },
  tokens: {
    description: 'Lista, revoga ou cria tokens em um provedor que os lista.',
    action: 'list, revoke ou create',
    id: 'o token a revogar',
    lifetime: 'a duração de um token novo, como 30d',
    after: `
Exemplo:
  chaveiro tokens list assine-online`,
  },
  keepAlive: {
    description: 'Usa os refresh tokens antes que expirem sem uso. Para o cron.',
    within: 'os que expiram dentro deste prazo (padrão: 3d)',
    after: `
Só mostra as contas em que fez algo. Código de saída: 3 se uma pessoa precisa fazer login de novo, porque um
refresh token expira mesmo sendo usado, ou já não vale; 6 se vale a pena tentar mais tarde.

Exemplo, todo dia às 4:
  0 4 * * * chaveiro keep-alive --within 3d`,
  },
  env: {
    description: 'Exibe linhas export com um token válido, para o eval de um shell.',
    after: `
Exemplo:
  eval "$(chaveiro env bitize)"
  curl -H "Authorization: Bearer $BITIZE_TOKEN" "$BITIZE_BASE_URL/vendors"`,
  },
  keep: {
    description: 'Mantém um token válido em um arquivo, até Ctrl-C.',
    json: 'grava o arquivo como JSON, como a porta de tokens de `chaveiro serve`; exibe JSON em stdout',
    file: 'o arquivo; é trocado por inteiro, e só você pode lê-lo',
    onChange: 'executa esta linha de comando em um shell depois de cada token novo',
    after: `
O arquivo recebe um token novo antes que o anterior expire. O comando sai com 3 ou 8 se uma pessoa precisa agir.

Exemplo:
  chaveiro keep bitize --file /run/bitize/token --on-change 'systemctl reload importacao'`,
  },
  serve: {
    description: 'Serve tokens e requisições autenticadas por HTTP, a programas em qualquer linguagem, até Ctrl-C.',
    providers: 'os provedores cujas contas são servidas (padrão: todos)',
    port: 'a porta (padrão: 8248; 0 é uma livre)',
    address: 'o endereço em que escutar (padrão: 127.0.0.1)',
    host: 'um nome que os chamadores podem usar no lugar de localhost; pode ser repetido',
    socket: 'escuta em um socket Unix neste caminho, em vez de em uma porta',
    socketMode: 'o modo do socket (padrão: 0600)',
    socketGroup: 'o grupo do socket, para --socket-mode 0660',
    tlsCert: 'um certificado com a cadeia, em PEM; é lido de novo quando muda',
    tlsKey: 'a chave do certificado, em PEM',
    insecureNetwork: 'escuta além desta máquina sem TLS, porque outra camada criptografa a conexão',
    maxConnections: 'quantas conexões podem estar abertas (padrão: 2048)',
    keysFile: 'lê as chaves deste arquivo (padrão: onde ficam os tokens)',
    logPaths: 'acrescenta ao log o caminho de cada requisição; caminhos podem conter dados pessoais',
    metricsAccounts: 'identifica as contas nas métricas, em no máximo 1.000 séries',
    demo: 'serve uma conta simulada, faz uma chamada por cada porta e exibe como repetir',
    keys: {
      description: 'Cria, lista e revoga as chaves de um servidor.',
      action: 'add, list ou revoke',
      name: 'o nome da chave',
      allow: 'o que ela permite: provedor/conta e, se quiser, métodos e um caminho; pode ser repetida',
      door: 'o que ela abre: proxy, token ou status; pode ser repetida (padrão: proxy)',
      rate: 'quantas requisições cada processo do servidor aceita, como 10/s, 100/m ou 1000/h',
      validFor: 'por quanto tempo a chave vale, como 12h ou 90d (padrão: até ser revogada)',
      now: 'com revoke: encerra também as requisições em andamento',
      keysFile: 'usa as chaves deste arquivo',
      after: `
Uma chave abre a porta proxy: o servidor acrescenta o token e envia a requisição. Com --door token, quem tem a chave recebe o
próprio token e pode chamar qualquer caminho; por isso --door token não aceita métodos nem caminhos. --door status abre
/metrics.

Em um caminho, * é um segmento e ** qualquer quantidade de segmentos. GET inclui HEAD.

Exemplos:
  chaveiro serve keys add ci --allow 'bitize/* GET /vendors/**'
  chaveiro serve keys add importacao --allow genpag/default --door token --rate 10/s --valid-for 90d
  chaveiro serve keys revoke ci --now`,
    },
    after: `
Por padrão, só esta máquina pode se conectar; veja --address. Quem chama precisa de uma chave: veja chaveiro serve keys
--help.
  ANY /v1/proxy/<provedor>/<conta>/<caminho>   a resposta do provedor
  GET /v1/tokens/<provedor>/<conta>            um token e os cabeçalhos a enviar
  GET /v1/accounts, /v1/openapi.json
  GET /healthz, /readyz, /metrics

O log sai em stdout, uma linha de JSON por chamada. SIGTERM espera as chamadas em andamento, no máximo 10 segundos.

Exemplos:
  chaveiro serve
  chaveiro serve --demo
  chaveiro serve --from-env bitize genpag --state /var/lib/chaveiro --port 8248`,
  },
  logout: {
    description: 'Remove uma conta e revoga o token, se o provedor permite.',
    all: 'todas as contas do perfil',
  },
  store: {
    description: 'Mostra ou altera onde um perfil guarda os tokens.',
    kind: 'file, ou url para Redis ou PostgreSQL',
    fromFile: 'lê a URL de um arquivo; - é stdin (padrão: $CHAVEIRO_STORE_URL, senão o comando pergunta)',
    after: `
A URL pode conter uma senha; por isso não é um argumento e é salva criptografada. Máquinas que compartilham um
armazenamento precisam compartilhar também a chave de criptografia: defina CHAVEIRO_SEALING_KEY em cada uma antes do
primeiro login.

Exemplos:
  chaveiro store
  CHAVEIRO_STORE_URL=rediss://… chaveiro store url --profile trabalho
  chaveiro store file`,
  },
  doctor: {
    description: 'Verifica relógio, proxy, DNS, TLS, chaves e permissões e diz como corrigir cada problema.',
    server: 'verifica também este servidor (uma URL), sem enviar nenhum segredo',
  },
  simulate: {
    description: 'Executa provedores simulados nesta máquina e exibe credenciais que eles aceitam.',
    providers: 'os provedores a simular (padrão: todos)',
    from: 'simula também uma especificação, um documento OpenAPI com x-token-lifecycle; pode repetir',
    port: 'a primeira porta; os outros simuladores usam as seguintes (padrão: portas livres)',
    fault: 'faz requisições falharem, como em 503, bitize=reset*2 ou bitize:listVendors=delay:2s; pode ser repetida',
    lifetime: 'quanto tempo duram os tokens de acesso (padrão: o documentado)',
    accounts: 'quantas contas a mais cada provedor aceita (padrão: 0)',
    latency: 'quanto tempo cada requisição leva para chegar, como 200ms',
    seed: 'um número; o mesmo número dá os mesmos tokens',
    address:
      'o endereço em que escutar; outras máquinas podem acessar qualquer um que não seja o padrão (padrão: 127.0.0.1)',
    host: 'um nome pelo qual outras máquinas chamam a API de administração; pode ser repetida',
    after: `
Depois das credenciais vem uma linha para cada requisição: hora, provedor, método e caminho, status, significado e a falha, se
houver. Com --json, contas e requisições são linhas de JSON. A última linha das credenciais traz o endereço da API de
administração; no navegador, ele mostra uma página. Em um terminal, teclas preparam uma falha, fazem passar um dia e
encerram; pressione ? para vê-las.

--from confere e simula a especificação de um provedor que o Chaveiro não conhece; sem nomes de provedores, só ela.

Falhas: um status, reset, hang, html, slow-body, cut-body, empty-body, malformed-json, oversized-body, delay:<tempo> e
skewed-date:<tempo>. *3 repete três vezes, *always vale para todas as requisições.

Exemplos:
  chaveiro simulate bitize --port 8080
  chaveiro simulate bitize --lifetime 1m --fault bitize:authenticate=429*2
  chaveiro simulate --from specs/acme/openapi.yaml
  chaveiro simulate --json`,
  },
  demo: {
    description: 'Mostra o que o Chaveiro faz, com provedores simulados ou com uma conta real.',
    provider: 'um provedor real, com os dados da conta no ambiente',
    server: 'o servidor da conta real',
    after: `
Exemplos:
  chaveiro demo                             tudo nesta máquina, sem credenciais
  chaveiro demo bitize --server test        com BITIZE_CONSUMER_KEY e BITIZE_SECRET_KEY no ambiente`,
  },
  completion: {
    description: 'Exibe o script de autocompletar de um shell.',
    shell: 'bash, zsh, fish ou powershell',
    after: `
Exemplos:
  source <(chaveiro completion bash)                                     em ~/.bashrc
  source <(chaveiro completion zsh)                                      em ~/.zshrc
  chaveiro completion fish > ~/.config/fish/completions/chaveiro.fish`,
  },
  help: { description: 'Exibe a ajuda de um comando.', command: 'o comando (padrão: visão geral)' },
  after: `
Códigos de saída: 0 sucesso, 1 falha, 2 uso, 3 refaça o login, 4 resposta 3xx ou 4xx, 5 resposta 5xx, 6 tente mais tarde,
7 armazenamento, 8 configuração, 130 Ctrl-C.

CHAVEIRO_DEBUG=1 exibe em stderr o que acontece com o token: chamadas, novos tokens, falhas, nunca um segredo.

Primeiros passos:
  chaveiro providers
  chaveiro login bitize --server production
  chaveiro token bitize`,
}
