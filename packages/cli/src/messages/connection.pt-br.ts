import type { ConnectionTexts } from './connection.en.ts'
import { formatDate } from './language.ts'

/** O que o comando diz sobre onde está uma conta e o que ela apresenta ali. */
export const connection: ConnectionTexts = {
  tenant: {
    parts: 'partes variáveis do servidor (--tenant)',
    hasNone: (title) => `${title} não tem um host para cada cliente. Retire --tenant.`,
    unnamed: (names) => `--tenant precisa de um nome: ${names.map((name) => `--tenant ${name}=…`).join(' ')}.`,
    unknown: (title, name, meant, names) =>
      `Os servidores de ${title} não têm a parte variável "${name}".${meant} Disponíveis: ${names.join(', ')}.`,
    bad: (name, value, pattern, description) =>
      `"${value}" não pode ser usado para ${name} no endereço do servidor. Ele precisa corresponder a ${pattern}. ${description}`,
    missing: (title, lines) =>
      `O endereço de um servidor de ${title} tem uma parte que é só sua. Informe-a ou defina a variável:\n${lines.join('\n')}`,
  },
  certificate: {
    path: 'Caminho do arquivo (PEM, .p12 ou .pfx)',
    key: 'O caminho da chave privada, se estiver em outro arquivo.',
    passphrase: 'A senha da chave privada ou do arquivo .p12.',
    keyMissing: (path, input) =>
      `${path} tem um certificado, mas não a chave privada. Indique em ${input} o arquivo da chave.`,
    check: (inputs) => `Confira os valores de ${inputs.join(', ')}.`,
    ends: (date, days) =>
      `o certificado de cliente vale até ${formatDate(date, 'pt-BR')}, por mais ${days === 1 ? '1 dia' : `${days} dias`}`,
    ended: (date) => `o certificado de cliente expirou em ${formatDate(date, 'pt-BR')}`,
    opens: 'o certificado de cliente e a chave podem ser lidos',
    renew: (paths) => `Renove-o e coloque o novo no mesmo lugar: ${paths.join(' e ')}. Não é preciso fazer mais nada.`,
    fix: (login) => `Corrija o arquivo ou faça login de novo com outro: ${login}`,
    refused: (origin, code) => `${origin} exige um certificado de cliente e recusou este (${code})`,
    fixRefused:
      'Faça login com um certificado que este servidor aceite. Teste e produção costumam exigir certificados diferentes.',
  },
  warnings: (count, checks) => `${count === 1 ? '1 aviso' : `${count} avisos`}: ${checks.join(', ')}.`,
}
