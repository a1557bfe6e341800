import { showsMask } from '../secret.ts'

/** Refuses headers made with a token or a secret that was printed, as `${token}` does: the server would get its mask. */
export function refusePrintedSecrets(headers: Headers): void {
  headers.forEach((value, name) => {
    if (!showsMask(value)) return
    throw new TypeError(
      `The header ${name} holds the text that a token or secret prints, not its value. Write \`\${token.reveal()}\` in place of \`\${token}\`, or leave Authorization to the account's own fetch.`,
    )
  })
}
