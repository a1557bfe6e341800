import { formatNumber } from './language.ts'
import type { ServeTexts } from './serve.en.ts'

/** O que dizem os comandos em torno do servidor, em português. */
export const serve: ServeTexts = {
  listening: (url, accounts) =>
    `Servindo ${accounts === 1 ? '1 conta' : `${formatNumber(accounts, 'pt-BR')} contas`} em ${url}. Pressione Ctrl-C para parar.`,
  noKeys: (example) => `Este servidor ainda não tem chaves. Crie uma: ${example}`,
  pathsAreLogged: 'O log mostra os caminhos das requisições, que podem conter dados pessoais.',
  stopping: 'Parando: aguardando requisições em andamento e tokens pendentes. Pressione Ctrl-C de novo para parar já.',
  demo: {
    title: (simulator, url) =>
      `Um Bitize simulado em ${simulator}\nchaveiro serve, para programas em qualquer linguagem, em ${url}`,
    doors: {
      proxy: 'O proxy, com uma chave que lê vendors. Quem a usa nunca vê um token.',
      token: 'A porta de tokens, com outra chave. Quem a usa envia as próprias requisições.',
    },
    time: (ms) => `${formatNumber(ms, 'pt-BR')} ms`,
    repeat: 'Faça o mesmo à mão: cole um destes comandos em outro terminal.',
    curl: { proxy: 'Pelo proxy, com curl', token: 'Um token, com curl' },
    python: 'Pelo proxy, com Python',
    log: 'Abaixo vem o log, com uma linha por chamada. Nada é salvo. Pressione Ctrl-C para parar.',
    alone: (word) => `--demo usa conta e chaves próprias. Remova ${word}.`,
  },
  listen: {
    badPort: (text) => `--port "${text}" não é um número de porta de 0 a 65535.`,
    badAddress: (text) => `--address "${text}" não é um endereço IP. Use 127.0.0.1, ::1 ou 0.0.0.0.`,
    badHost: (text) =>
      `--host "${text}" não é um nome de host. Use um nome sem porta, como em --host chaveiro.internal.`,
    badMaxConnections: (text) => `--max-connections "${text}" não é um número de 1 a 1.000.000.`,
    network: (address) =>
      `Outras máquinas podem acessar ${address}, e chaves e tokens passariam pela rede sem criptografia. Informe --tls-cert e --tls-key, ou --insecure-network se outra camada criptografa a conexão.`,
    certAndKey: '--tls-cert e --tls-key andam juntas. Informe as duas.',
    tlsUnusable: (cert, key, code) =>
      `Não é possível usar ${cert} e ${key}${code === '' ? '' : ` (${code})`}. Os dois devem ser arquivos PEM legíveis, e a chave deve ser a do certificado.`,
    socketOrAddress: '--socket substitui a porta. Remova --port, --address, --tls-cert e --tls-key.',
    onlyWithSocket: '--socket-mode e --socket-group só funcionam junto com --socket.',
    noSockets: 'Este sistema não tem sockets Unix. Use --port.',
    badSocketMode: (text) =>
      `--socket-mode "${text}" não é permitido. Use 0600, ou 0660 com --socket-group; outros usuários não têm acesso.`,
    unknownGroup: (group) => `O grupo "${group}" não existe. Use um nome de /etc/group ou o número de um grupo.`,
    noFolder: (folder) => `${folder} não é uma pasta. Crie-a com: mkdir -m 0700 ${folder}`,
    sharedFolder: (folder) =>
      `${folder} é de outro usuário, ou outros podem gravar nela e trocar o socket. Use uma pasta sua, com modo 0755 ou mais restrito.`,
    pathTaken: (path) => `${path} já existe e não é um socket deste usuário. Remova-o ou escolha outro caminho.`,
    socketInUse: (path) => `Outro processo está escutando em ${path}. Pare-o ou escolha outro caminho.`,
    portTaken: (place) => `Outro programa já usa ${place}. Encerre-o ou passe outra porta com --port.`,
    cannotListen: (place, code) => `Não é possível escutar em ${place} (${code}). Escolha outro endereço.`,
  },
  keys: {
    usage: 'Use chaveiro serve keys add <nome>, serve keys list ou serve keys revoke <nome>.',
    added: (name) =>
      `A chave "${name}" foi criada. Ela só é exibida agora; servidores em execução a aceitam em até 5 segundos.`,
    revoked: (name) =>
      `A chave "${name}" foi revogada. Servidores em execução a recusam em até 5 segundos; requisições em andamento continuam.`,
    cut: (name) =>
      `A chave "${name}" foi revogada. Servidores em execução a recusam e encerram as requisições dela em até 5 segundos.`,
    none: (place) => `Não há chaves em ${place}.`,
    titles: ['nome', 'id', 'portas', 'permite', 'taxa', 'expira', 'último uso'],
    ago: (duration) => `há ${duration}`,
    ahead: (duration) => `em ${duration}`,
    ended: 'expirou',
    nameTaken: (name) =>
      `Já existe uma chave "${name}". Escolha outro nome ou revogue a existente: chaveiro serve keys revoke ${name}`,
    noSuchKey: (name) => `Não existe a chave "${name}". Veja: chaveiro serve keys list`,
    allowMissing:
      "Sem --allow, uma chave não abre nada. Informe as contas para as quais ela vale, como em --allow 'bitize/* GET /vendors/**'.",
    badAllow: (text, fault) => `Não foi possível entender --allow "${text}": ${fault}.`,
    allowFaults: {
      shape: 'escreva provedor/conta, depois métodos, depois um caminho, com um espaço entre eles',
      account: 'comece com provedor/conta, ou com provedor/* para todas as contas de um provedor',
      method: 'métodos vão em maiúsculas e com vírgulas, como GET,POST; CONNECT e TRACE nunca são permitidos',
      path: 'um caminho começa com /; * é um segmento inteiro, ** qualquer quantidade, e os demais vão sem escapes',
    },
    narrowToken: (text) =>
      `--allow "${text}" limita métodos ou caminhos, mas --door token entrega o token, que serve para qualquer caminho. Remova um dos dois.`,
    unknownDoor: (door, doors) => `A porta "${door}" não existe. Use --door com uma destas: ${doors.join(', ')}.`,
    badRate: (text) => `--rate "${text}" não é uma taxa. Use 10/s, 100/m ou 1000/h.`,
    placeMissing:
      'As chaves precisam ficar em um lugar que dure mais que o servidor. Informe --keys-file, ou --store ou --state, que também guardam os tokens.',
    fileMissing: (path) => `O arquivo ${path} não existe. Crie um: chaveiro serve keys add <nome> --keys-file ${path}`,
    fileUnreadable: (path, code) => `Não é possível ler as chaves em ${path} (${code}).`,
    fileForeign: (path) =>
      `${path} é de outro usuário, que poderia acrescentar chaves. Mude o dono para o seu usuário.`,
    fileLoose: (path, mode) =>
      `Outros usuários têm acesso demais a ${path} (modo ${mode}). Confira se as chaves nele são suas e execute: chmod 600 ${path}`,
    fileDamaged: (path) =>
      `${path} está danificado ou é de uma versão mais nova. Restaure-o de um backup, ou remova-o e crie novas chaves.`,
    fileLocked: (path) =>
      `Outro comando está alterando as chaves. Se não houver nenhum em execução, remova ${path} e tente de novo.`,
    recordUnreadable:
      'Não é possível ler as chaves do armazenamento compartilhado. Confira se CHAVEIRO_SEALING_KEY é a mesma com que foram gravadas.',
  },
  keep: {
    written: (file, until) => `Token gravado em ${file}${until === null ? '' : `, válido até ${until}`}.`,
    failed: (message, pause) => `${message} O arquivo não foi alterado. Próxima tentativa em ${pause}.`,
    hookFailed: (status) => `O comando de --on-change falhou (${status}).`,
    fileNeeded: 'Informe --file com o caminho do arquivo a manter atualizado.',
    badFile: (path, code) => `Não é possível gravar ${path} (${code}).`,
  },
}
