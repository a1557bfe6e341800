import type { ConnectionTexts } from './connection.en.ts'
import { formatDate } from './language.ts'

/** O que o comando diz sobre onde está uma conta e o que ela apresenta ali. */
export const connection: ConnectionTexts = {
  tenant: {
    parts: 'parte do servidor (--tenant)',
    hasNone: (title) => `${title} não tem um host para cada cliente. Retire --tenant.`,
    unnamed: (names) => `--tenant precisa de um nome: ${names.map((name) => `--tenant ${name}=…`).join(' ')}.`,
    unknown: (title, name, meant, names) =>
      `Os servidores de ${title} não têm a parte "${name}".${meant} Disponíveis: ${names.join(', ')}.`,
    bad: (name, value, pattern, description) =>
      `"${value}" não serve para ${name}, que faz parte do endereço do servidor. Use o que corresponde a ${pattern}. ${description}`,
    missing: (title, lines) =>
      `O endereço de um servidor de ${title} tem uma parte que é sua. Informe-a ou defina a variável:\n${lines.join('\n')}`,
  },
  certificate: {
    path: 'Caminho do arquivo (PEM, .p12 ou .pfx)',
    key: 'O caminho da chave privada, se estiver em outro arquivo.',
    passphrase: 'O que abre a chave privada ou o arquivo .p12.',
    keyMissing: (path, input) =>
      `${path} tem um certificado e nenhuma chave privada. Indique em ${input} o arquivo da chave.`,
    check: (inputs) => `Confira os valores de ${inputs.join(', ')}.`,
    ends: (date, days) =>
      `o certificado de cliente vale até ${formatDate(date, 'pt-BR')}, por mais ${days === 1 ? '1 dia' : `${days} dias`}`,
    ended: (date) => `o certificado de cliente venceu em ${formatDate(date, 'pt-BR')}`,
    opens: 'o certificado de cliente abre com sua chave',
    renew: (paths) => `Renove-o e ponha o novo no mesmo lugar: ${paths.join(' e ')}. Não é preciso fazer mais nada.`,
    fix: (login) => `Corrija o arquivo ou faça login de novo com outro: ${login}`,
    refused: (origin, code) => `${origin} exige um certificado de cliente e recusou o que recebeu (${code})`,
    fixRefused: 'Faça login com um certificado que este servidor aceite. Teste e produção costumam ter um para cada.',
  },
  warnings: (count, checks) => `${count === 1 ? '1 aviso' : `${count} avisos`}: ${checks.join(', ')}.`,
}
