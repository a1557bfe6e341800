import type { DataTexts } from './data.en.ts'

/** O que o comando diz sobre os dados que entram e saem: arquivos, pipes, JSON. */
export const data: DataTexts = {
  foreignEncoding: (name, encoding) => `${name} está em ${encoding}. Salve-o em UTF-8.`,
  notText: (name) => `${name} não é um texto em UTF-8. Salve-o em UTF-8.`,
  tooLarge: (name, mebibytes) => `${name} passa do limite de ${mebibytes} MiB.`,
  isFolder: (name) => `${name} é uma pasta. Informe o caminho de um arquivo.`,
  fileUnreadable: (path, code) => `Não foi possível ler ${path} (${code}).`,
  noFileName: 'Em -d @, informe o caminho de um arquivo depois do @, ou @- para ler da entrada padrão.',
  noInputs: (name) => `${name} não contém nenhum dado de acesso. Use linhas NOME=valor ou um objeto JSON.`,
  badJson: (path) => `${path === '-' ? 'stdin' : path} parece JSON, mas não pode ser interpretado.`,
  notObject: (name) => `${name} precisa ser um objeto JSON, como {"nome": "valor"}, ou linhas NOME=valor.`,
  notTextOrNumber: (name, key) => `"${key}" em ${name} precisa ser texto ou número. Coloque o valor entre aspas.`,
  twice: (name, key) => `${name} contém "${key}" duas vezes. Remova uma delas.`,
  unclosedQuote: (name, line) => `As aspas abertas na linha ${line} de ${name} não foram fechadas.`,
  notNameAndValue: (name, line) =>
    `A linha ${line} de ${name} não é NOME=valor. Comece comentários com # e coloque entre aspas os valores que têm aspas.`,
  unknownLine: (name, known) =>
    `${name} tem uma linha que não começa com o nome de um dado. Use linhas NOME=valor com: ${known.join(', ')}.`,
  oneUrl: (name) => `${name} precisa ter uma única linha, com a URL do armazenamento.`,
  badProfile: (path) => `${path} está corrompido. Restaure-o de um backup ou use outro perfil: --profile nome`,
  badKeyFile: (path) =>
    `${path} não contém uma chave de criptografia. Restaure-a de um backup ou use outro perfil: --profile nome`,
  noHome: 'Este usuário não tem pasta pessoal. Defina HOME com uma pasta em que você possa gravar.',
  noHomeXdg:
    'Este usuário não tem pasta pessoal. Defina HOME, ou XDG_CONFIG_HOME e XDG_DATA_HOME, com um caminho absoluto.',
  diskFull: (code, path) =>
    `O disco está cheio (${code}${path === '' ? '' : `, ${path}`}). Libere espaço e execute o comando de novo.`,
  outputFull: (code) =>
    `Não foi possível gravar a saída: o disco está cheio (${code}). O que foi gravado está incompleto.`,
  outputBroken: (code) => `Não foi possível gravar a saída (${code}). O que foi gravado está incompleto.`,
  badPointer: (pointer) => `--pick "${pointer}" não é um JSON pointer. Escreva como em /data/0/id (RFC 6901).`,
  notJson: 'A resposta não é JSON, então --pick não tem onde buscar. Execute o comando de novo sem --pick.',
  nothingThere: (pointer, reached) => `A resposta não tem nada em ${pointer}: ${reached}.`,
  reachedObject: (path) => `${path === '' ? 'o objeto' : path} não tem esse campo`,
  reachedArray: (path, size) =>
    `${path === '' ? 'a lista' : path} tem ${size} ${size === 1 ? 'item' : 'itens'}, contados a partir de 0`,
  reachedValue: (path) => `${path === '' ? 'a resposta' : path} é um valor simples`,
  proxyWithoutScheme: (variable) =>
    `Falta http:// no início de ${variable}. Escreva como em ${variable}=http://localhost:3128`,
  proxySocks: (variable) =>
    `${variable} indica um proxy SOCKS, que o chaveiro não aceita. Defina HTTPS_PROXY com um proxy HTTP ou inclua o host em NO_PROXY.`,
  badProxy: (variable) => `${variable} não é a URL de um proxy. Escreva como em ${variable}=http://localhost:3128`,
  unknownInput: (key, meant, known) =>
    `O arquivo tem o dado "${key}", que não existe.${meant} Disponíveis: ${known.join(', ')}.`,
}
