import { formatDate, formatNumber } from './language.ts'
import type { MessageTexts } from './messages.en.ts'

/** O que o comando diz enquanto trabalha, em português. */
export const messages: MessageTexts = {
  interrupted: 'Interrompido.',
  finishing:
    'Aguardando a chamada ao endpoint de token em andamento, para não perder o token. Pressione Ctrl-C de novo para parar já.',
  usage: {
    'commander.help': () => 'Escolha um comando. Veja: chaveiro --help',
    'commander.unknownCommand': (name) => `O comando "${name}" não existe. Veja: chaveiro --help`,
    'commander.unknownOption': (name) => `A opção ${name} não existe aqui.`,
    'commander.missingArgument': (name) => `Falta o argumento <${name}>.`,
    'commander.optionMissingArgument': (name) => `A opção ${name} precisa de um valor.`,
    'commander.excessArguments': (name) => `Argumentos demais para ${name}.`,
    'commander.invalidArgument': (name) => `O valor de ${name} não é permitido.`,
    didYouMean: (name) => `Você quis dizer ${name}?`,
  },
  remedies: {
    'credentials-rejected': (login) => `Confira os dados e faça login de novo: ${login}`,
    'reauthorization-required': (login) => `Faça login de novo: ${login}`,
    unavailable: () => 'Tente de novo mais tarde. Para verificar sua rede, execute: chaveiro doctor',
    timeout: () => 'Tente de novo mais tarde ou aumente o tempo de espera com --timeout 60s.',
    store: () => 'Para verificar pastas, permissões e chaves, execute: chaveiro doctor',
  },
  retryIn: (duration) => `A próxima tentativa será possível em ${duration}.`,
  systemTrouble: ({ code, path }) =>
    `O sistema negou acesso a ${path === '' ? 'um arquivo' : path} (${code}). Para verificar pastas e permissões, execute: chaveiro doctor`,
  badName: (option, name) =>
    `${option} "${name}" não é um nome válido. Comece com letra ou dígito e use no máximo 64 letras, dígitos ou . _ @ + -`,
  badDuration: (option, text) => `${option} "${text}" não é uma duração válida. Use 500ms, 30s, 10m, 2h ou 30d.`,
  badLifetime: (option, text) => `${option} "${text}" está fora dos limites. Use de 1s a 36500d.`,
  didYouMean: (word) => ` Você quis dizer ${word}?`,
  unknownShell: (shell, meant, shells) =>
    `Não há script de autocompletar para "${shell}".${meant} Disponíveis: ${shells.join(', ')}.`,
  unknownProvider: (id, meant, ids) => `O provedor "${id}" não existe.${meant} Disponíveis: ${ids.join(', ')}.`,
  unknownServer: (title, server, meant, names) =>
    `${title} não tem o servidor "${server}".${meant} Use ${names.join(', ')} ou uma URL que comece com https://.`,
  whichServer: (title, lines) =>
    `Escolha o servidor de ${title} para onde seus segredos podem ser enviados:\n${lines.join('\n')}\n  --server https://…`,
  serverQuestion: (title) => `Qual servidor de ${title}?`,
  otherServer: 'outro',
  inputsMissing: (title, lines) => `${title} precisa destes dados. Defina-os no ambiente ou use --from-file:\n${lines}`,
  or: 'ou',
  ways: 'faça login com um destes',
  wayQuestion: (title) => `Como você quer fazer login em ${title}?`,
  severalWays: (names) => `${names.join(' e ')} são formas diferentes de fazer login. Deixe uma e remova as outras.`,
  tokenRefused: (title, status) =>
    `${title} rejeitou este token com ${status}, e nada foi salvo. Confira se ele está completo, se ainda vale e se é deste servidor.`,
  fromVariable: (name, variable) => `${name}: de ${variable}`,
  setTwice: (name, file) => `${name} e ${file} estão definidas ao mesmo tempo. Remova uma delas.`,
  variablesMissing: (title, ways) =>
    `${title} precisa de ${ways.map((names) => names.join(' e ')).join(', ou de ')}. Defina cada variável com o valor, ou acrescente _FILE ao nome e informe o caminho de um arquivo com o valor.`,
  checkVariables: (names) => `Confira os valores de ${names.join(' e ')}.`,
  noVariables:
    'Nenhuma variável de um provedor está definida, então --from-env não tem conta para usar. Para listar as variáveis, execute: chaveiro providers',
  severalInVariables: (ids) => `Há variáveis de vários provedores definidas. Indique um deles: ${ids.join(', ')}.`,
  secretFile: {
    named: (variable) => `O arquivo indicado em ${variable}`,
    unreadable: (variable, code) =>
      `O arquivo indicado em ${variable} não pode ser lido (${code}). A variável deve ter o caminho de um arquivo, não o próprio valor.`,
    notAFile: (variable) =>
      `${variable} não aponta para um arquivo comum. Informe o caminho de um arquivo que contém o valor.`,
    tooLong: (variable, limit) =>
      `O arquivo indicado em ${variable} passa de ${limit} KiB. Ele deve conter só o valor.`,
    empty: (variable) => `O arquivo indicado em ${variable} está vazio. Grave o valor nele.`,
  },
  storeNeeded: (title) =>
    `${title} pode trocar o refresh token ao renovar um token, e o novo se perderia quando este processo terminasse. Informe --store URL (Redis ou PostgreSQL) ou --state PASTA.`,
  storeOrState: '--store e --state são dois lugares para os mesmos tokens. Informe só um deles.',
  storeNeedsKey: (variable) =>
    `Tokens em um armazenamento compartilhado são criptografados, e falta a chave. Defina ${variable} ou ${variable}_FILE. Para gerar uma chave, execute: openssl rand -base64 32`,
  onlyFromEnv: (option) => `${option} só funciona junto com --from-env. Informe as duas opções, ou nenhuma.`,
  oneServer:
    '--server vale para um único provedor. Com vários, defina uma variável para cada um, como BITIZE_SERVER=production.',
  cannotBeEmpty: 'Informe um valor.',
  notOneLine: 'O valor contém uma quebra de linha ou um caractere de controle. Cole uma única linha.',
  badServerUrl: 'Informe uma URL que comece com https://, ou com http:// nesta máquina.',
  deniedAskAgain: (title, names) =>
    `${title} negou estes dados. Informe ${names.join(' e ')} de novo ou pressione Ctrl-C para parar.`,
  signedIn: (title, account, expiresAt) =>
    `Login feito em ${title} como "${account}". O token vale ${until(expiresAt)}.`,
  consent: {
    opening: (title) => `Faça login em ${title} no navegador e autorize. Se ele não abrir, acesse este endereço:`,
    openYourself: (title) => `Abra este endereço em um navegador, faça login em ${title} e autorize:`,
    elsewhere: (port) =>
      `O navegador volta à porta ${port} desta máquina. Se ele está em outra máquina, encaminhe a porta com ssh -L ${port}:127.0.0.1:${port} ou faça login com --paste.`,
    typeThere: (userCode) => `Digite lá este código: ${userCode}`,
    pasteQuestion: (title) => `O endereço para o qual ${title} redirecionou seu navegador`,
    codeQuestion: (title) => `O código que ${title} mostra`,
    notTheAddress: 'Este endereço não tem código nem erro. Copie o endereço inteiro da barra de endereços.',
    tooLate: 'O navegador não voltou a tempo, e a conta não foi conectada. Comece de novo.',
    connected: (title) => `${title} está conectado. Você pode fechar esta página.`,
    notConnected: 'A conta não foi conectada. O terminal diz por quê. Você pode fechar esta página.',
    scopesNeeded: (title) => `${title} exige escopos. Informe os nomes com --scopes.`,
    badRedirectUri: (text) =>
      `"${text}" não é uma URI de redirecionamento. Use o endereço inteiro que está cadastrado no provedor.`,
    portOrRedirectUri: '--port e --redirect-uri definem, ambas, para onde o navegador volta. Informe só uma delas.',
    showsCodes: (title) =>
      `${title} mostra um código e não envia o navegador de volta. Retire --paste, --port e --redirect-uri.`,
    asksNoPerson: (option, title) =>
      `${option} é para provedores que exigem a autorização de uma pessoa, e ${title} não exige. Retire a opção.`,
    redirectUriTaken: (uri, provider, account) =>
      `${uri} também é a URI de redirecionamento de ${provider}, conta "${account}". Cadastre outra, porque, com a mesma, um provedor poderia receber os códigos do outro.`,
  },
  keyInKeychain: 'Seus dados e o token estão criptografados, e a chave está no keychain do sistema.',
  keyInEnvironment: 'Seus dados e o token estão criptografados com a chave em CHAVEIRO_SEALING_KEY.',
  keyInFile: (path) =>
    `Seus dados e o token estão criptografados. Não há keychain do sistema disponível; por isso a chave está em um arquivo que só você pode ler:\n  ${path}`,
  keyVariableMissing: (variable) =>
    `Este perfil foi criptografado com a chave em ${variable}, que não está definida. Defina-a e tente de novo.`,
  keychainSilent:
    'A chave deste perfil está no keychain do sistema, que está bloqueado ou indisponível. Desbloqueie o keychain ou use outro perfil com --profile nome.',
  whichAccount: (provider, names) =>
    `Há várias contas de ${provider}. Use --account com uma destas: ${names.join(', ')}.`,
  chooseAccount: (commands) => `Escolha uma das suas contas:\n${commands.map((line) => `  ${line}`).join('\n')}`,
  unknownAccount: (provider, account, meant, names) =>
    `A conta "${account}" de ${provider} não existe.${meant} Use --account com uma destas: ${names.join(', ')}.`,
  notSignedIn: (provider, account, login) =>
    `Você não fez login em ${provider}${account === undefined ? '' : ` como "${account}"`}. Faça login primeiro: ${login}`,
  nothingToSignOut: (provider, account) =>
    `Você não fez login em ${provider}${account === undefined ? '' : ` como "${account}"`}, então não há o que encerrar.`,
  signedOut: (provider, account) => `Logout feito de ${provider}, conta "${account}".`,
  forgotten: (provider, account) =>
    `${provider}, conta "${account}", removida. Não foi possível revogar o token, que vale até expirar.`,
  accountUnreadable: (logout) =>
    `Nenhuma das chaves disponíveis descriptografa esta conta. Recupere a chave, ou remova a conta e faça login de novo: ${logout}`,
  servers: 'servidores (--server)',
  inputs: 'dados',
  secretInput: 'segredo',
  optionalInput: 'opcional',
  driverMissing: (name) =>
    `Este armazenamento precisa do pacote ${name}, que não está instalado. Instale-o: npm install --global ${name}`,
  badStoreUrl: 'Esta não é uma URL de armazenamento. Use uma que comece com redis://, rediss:// ou postgres://.',
  storeUnreachable: (name, code) =>
    `Não foi possível conectar a ${name}${code}. Confira se está em execução e se a URL está correta.`,
  storeUrlMissing: 'Falta a URL do armazenamento. Defina-a de novo: chaveiro store url',
  noAnswer: (code, attempts) =>
    `Sem resposta depois de ${attempts === 1 ? '1 tentativa' : `${attempts} tentativas`} (${code}). Para verificar sua rede, execute: chaveiro doctor`,
  bodyCut: 'A conexão caiu durante a resposta, e a saída está incompleta.',
  badRetries: (text) => `--retries "${text}" não é um número de 0 a 99.`,
  badTarget: 'Use [MÉTODO] /caminho, por exemplo: chaveiro request bitize POST /vendors -d @vendedor.json',
  foreignUrl: (provider, own, other) =>
    `O token de ${provider} só é enviado a ${own}, não a ${other}. Informe só o caminho ou faça login naquele servidor.`,
  demoServer: (server) => `--server "${server}" precisa de uma conta real: chaveiro demo <provider> --server ${server}`,
  badHeader: (name) => `O cabeçalho ${name === '' ? '' : `"${name}" `}não pode ser enviado. Use -H "Nome: valor".`,
  badVariable: (name) => `--env "${name}" não é um nome válido de variável.`,
  cannotRun: (program, code) => `Não foi possível executar ${program} (${code}).`,
  noAccounts: 'Você não fez login em nenhuma conta. Comece com: chaveiro providers',
  statusTitles: [
    'provedor',
    'conta',
    'estado',
    'tempo restante',
    'última renovação',
    'próxima tentativa',
    'última falha',
  ],
  refreshTokenTitle: 'refresh token expira',
  states: {
    absent: 'sem token ainda',
    fresh: 'válido',
    'in-window': 'a renovar',
    expired: 'expirado',
    'reauthorization-required': 'refaça o login',
    'credentials-rejected': 'dados negados',
    misconfigured: 'mal configurada',
    unreadable: 'ilegível',
  },
  ago: (duration) => `há ${duration}`,
  ahead: (duration) => `em ${duration}`,
  badStoreKind: 'Use chaveiro store, chaveiro store file ou chaveiro store url.',
  storeUrlWanted: (variable) => `Defina ${variable} ou use --from-file com a URL do armazenamento.`,
  storeUrlQuestion: 'URL do armazenamento (redis://, rediss:// ou postgres://)',
  storeIs: (profile, store) => `O perfil "${profile}" guarda os tokens em: ${store}`,
  storeMoved: 'O novo armazenamento funciona. Cada conta obtém um token novo nele quando precisar.',
  badPort: (text) => `--port "${text}" não é um número de porta de 0 a 65535.`,
  portTaken: (port, code) => `Não foi possível usar a porta ${port} (${code}). Escolha outra com --port.`,
  simulating: 'Em execução. Pressione Ctrl-C para parar.',
  simulatedCertificate: [
    'O arquivo .pem contém um certificado e a chave dele, criados para esta execução. Ctrl-C apaga o arquivo.',
    'Por http ele é lido, mas não apresentado.',
  ],
  tokensUsage: 'Use chaveiro tokens list <provider>, tokens create <provider> ou tokens revoke <provider> <id>.',
  listsNoTokens: (title) => `${title} não lista tokens para esta conta.`,
  tokenTitles: ['id', 'expira', ''],
  noToken: (id) => `A lista não tem o token ${id}, e nada foi revogado. Veja: chaveiro tokens list <provider>`,
  currentToken: 'em uso aqui',
  tokenRevoked: (id) => `Token ${id} revogado.`,
  tokenCreated: (id, expiresAt) =>
    `Token${id === null ? '' : ` ${id}`} criado; vale ${until(expiresAt)}. Ele não fica salvo aqui nem será exibido de novo.`,
  keptAlive: {
    kept: (provider, account, end) =>
      `${provider}, conta "${account}": usado. O refresh token agora vale ${until(end)}.`,
    ending: (provider, account, end) =>
      `${provider}, conta "${account}": o refresh token vale ${until(end)}, e usá-lo não estende esse prazo.`,
    failed: (provider, account, code) =>
      `${provider}, conta "${account}": não foi possível usar o refresh token (${code}).`,
    signIn: (login) => `Faça login de novo: ${login}`,
  },
  demo: {
    token: (expiresAt) => `um token, que vale ${until(expiresAt)}`,
    answered: (path, status) => `GET ${path} respondeu ${status}`,
    newToken: (expiresAt) => `um token novo a pedido, que vale ${until(expiresAt)}`,
    promise: 'uma linha dá um token válido.',
    simulated: (title, origin) => `${title}, simulado em ${origin}`,
    titles: {
      title: 'o que acontece',
      requests: 'requisições',
      tokenCalls: 'chamadas ao token',
      tokenCallCount: 'chamadas\nao token',
      apiCalls: 'chamadas\nà API',
      time: 'tempo',
      outcome: 'resultado',
    },
    expected: (tokenCalls, apiCalls) => `esperado: ${tokenCalls}, ${formatNumber(apiCalls, 'pt-BR')} chamadas à API`,
    total: (requests, tokenCalls) => `${requests} requisições, ${tokenCalls} chamadas ao endpoint de token.`,
    nothingLost: 'Nada se perdeu.',
    wentWrong: (wrong, all) => `${wrong} de ${all} cenas falharam.`,
  },
  doctor: {
    badServer: (text) => `--server "${text}" não é uma URL que comece com https://.`,
    noServer:
      'Você não fez login, e nenhum servidor foi verificado. Para verificar um: chaveiro doctor --server https://…',
    writable: (path) => `${path} permite escrita`,
    willBeCreated: (path) => `${path} pode ser criada`,
    notWritable: (path, code) => `${path} não permite escrita (${code})`,
    makeWritable: (path) =>
      `Dê ao seu usuário permissão de escrita em ${path} ou defina HOME ou XDG_CONFIG_HOME e XDG_DATA_HOME.`,
    openToOthers: (path, mode) => `outros usuários têm acesso a ${path} (modo ${mode})`,
    noProfile: (profile) => `o perfil "${profile}" ainda não tem contas`,
    machine: 'Esta máquina',
    account: (provider, name) => `${provider}, conta "${name}"`,
    profileOpens: (profile, accounts) =>
      `o perfil "${profile}" tem ${accounts === 1 ? '1 conta' : `${formatNumber(accounts, 'pt-BR')} contas`}`,
    fixProfile: (profile) =>
      `Corrija o arquivo citado aqui. Se não for possível, remova-o e faça login de novo, ou troque o perfil "${profile}" por outro: --profile nome`,
    decrypts: (place) => `descriptografa os dados (chave: ${place})`,
    expiresIn: (duration) => `expira em ${duration}`,
    failed: (code, ago) => `última falha ${code} ${ago}`,
    nextAttempt: (ahead) => `próxima tentativa ${ahead}`,
    refreshTokenLives: (left, keepAlive) => `o refresh token expira em ${left}, a menos que ${keepAlive} o use antes`,
    refreshTokenEnded: 'o refresh token expirou',
    keepAlive: (keepAlive, login) =>
      `Execute agora: ${keepAlive}. Se isso não estender o prazo, faça login de novo: ${login}`,
    fixToken: (login) => `Confira os dados e faça login de novo: ${login}`,
    allFine: 'Nenhum problema encontrado.',
    problems: (count, checks) =>
      `${count === 1 ? '1 problema encontrado' : `${count} problemas encontrados`}: ${checks.join(', ')}.`,
    restoreKey:
      'Desbloqueie o keychain ou recupere a chave. Se ela se perdeu, execute chaveiro logout --all e faça login de novo.',
    signInAgain: (logout, login) =>
      `Desbloqueie o keychain ou recupere a chave. Se ela se perdeu, execute ${logout} e depois ${login}`,
    storeAnswers: (store) => `${store} responde`,
    fixStore: 'Inicie-o, corrija a URL com chaveiro store url ou volte aos arquivos com chaveiro store file.',
    noProxy: 'nenhum (HTTPS_PROXY não está definida)',
    proxyListens: (host) => `${host} aceita conexões`,
    proxySilent: (host, code) => `${host} não responde (${code})`,
    fixProxy: 'Corrija HTTPS_PROXY, remova-a ou inclua o host em NO_PROXY.',
    dnsByProxy: (host) => `o proxy resolve ${host}`,
    resolves: (host, address) => `${host} resolve para ${address}`,
    resolvesNot: (host, code) => `${host} não resolve (${code})`,
    fixDns: 'Confira a grafia de --server, sua rede e /etc/resolv.conf. Atrás de um proxy, defina HTTPS_PROXY.',
    tlsTrusted: (origin) => `o certificado de ${origin} é confiável`,
    plainLoopback: (origin) => `${origin} está nesta máquina, sem TLS`,
    tlsUntrusted: (origin, code) => `o certificado de ${origin} não é confiável (${code})`,
    fixTls:
      'Se o proxy da sua empresa inspeciona TLS, aponte NODE_EXTRA_CA_CERTS para o certificado dele. Um relógio errado também causa isso.',
    unreachable: (origin, code) => `não foi possível conectar a ${origin} (${code})`,
    fixNetwork: 'Verifique sua rede. Se um firewall exige proxy, defina HTTPS_PROXY.',
    clockUnknown: (origin) => `${origin} não informa a hora`,
    clockRight: (origin) => `de acordo com ${origin}`,
    clockAhead: (amount, origin) => `${amount} adiantado em relação a ${origin}`,
    clockBehind: (amount, origin) => `${amount} atrasado em relação a ${origin}`,
    fixClock:
      'Acerte o relógio e mantenha-o sincronizado: timedatectl set-ntp true, ou as configurações de data do sistema.',
  },
}

function until(expiresAt: number | string | null | undefined): string {
  return expiresAt === undefined || expiresAt === null ? 'até ser rejeitado' : `até ${formatDate(expiresAt, 'pt-BR')}`
}
