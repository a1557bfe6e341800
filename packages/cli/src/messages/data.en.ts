/** What the command says about the data that goes in and out: files, pipes, JSON. Every other language has the same keys. */
export const data = {
  foreignEncoding: (name: string, encoding: string): string => `${name} is ${encoding}. Save it as UTF-8.`,
  notText: (name: string): string => `${name} isn't UTF-8 text. Save it as UTF-8.`,
  tooLarge: (name: string, mebibytes: number): string => `${name} is larger than ${mebibytes} MiB, which is too much.`,
  isFolder: (name: string): string => `${name} is a folder. Pass the path of a file.`,
  fileUnreadable: (path: string, code: string): string => `Can't read ${path} (${code}).`,
  noFileName: '-d @ needs the path of a file after the @, or @- for stdin.',
  noInputs: (name: string): string => `${name} has no inputs in it. Write NAME=value lines or a JSON object.`,
  badJson: (path: string): string => `${path === '-' ? 'stdin' : path} looks like JSON but can't be parsed.`,
  notObject: (name: string): string => `${name} must be a JSON object, as in {"name": "value"}, or NAME=value lines.`,
  notTextOrNumber: (name: string, key: string): string =>
    `"${key}" in ${name} must be text or a number. Put its value in quotes.`,
  twice: (name: string, key: string): string => `${name} contains "${key}" twice. Remove one of them.`,
  unclosedQuote: (name: string, line: number): string => `The quote opened in line ${line} of ${name} isn't closed.`,
  notNameAndValue: (name: string, line: number): string =>
    `Line ${line} of ${name} isn't NAME=value. Put # before a comment, and quotes around a value with quotes in it.`,
  unknownLine: (name: string, known: readonly string[]): string =>
    `${name} has a line that doesn't start with the name of an input. Write NAME=value lines with: ${known.join(', ')}.`,
  oneUrl: (name: string): string => `${name} must contain one line with the store's URL.`,
  badProfile: (path: string): string =>
    `${path} is damaged. Restore it from a backup, or use another profile: --profile name`,
  badKeyFile: (path: string): string =>
    `${path} doesn't contain an encryption key. Restore it from a backup, or use another profile: --profile name`,
  noHome: 'This user has no home folder. Set HOME to a folder that you may write to.',
  noHomeXdg: 'This user has no home folder. Set HOME, or both XDG_CONFIG_HOME and XDG_DATA_HOME, to an absolute path.',
  diskFull: (code: string, path: string): string =>
    `The disk is full (${code}${path === '' ? '' : `, ${path}`}). Free some space, then run the command again.`,
  outputFull: (code: string): string =>
    `The output could not be written because the disk is full (${code}). It is incomplete.`,
  outputBroken: (code: string): string => `The output could not be written (${code}). It is incomplete.`,
  badPointer: (pointer: string): string =>
    `--pick "${pointer}" is not a JSON pointer. Write it as in /data/0/id (RFC 6901).`,
  notJson: "The answer isn't JSON, so --pick has nothing to pick from. Run the command again without --pick.",
  nothingThere: (pointer: string, reached: string): string => `The answer has nothing at ${pointer}: ${reached}.`,
  reachedObject: (path: string): string => `${path === '' ? 'the object' : path} has no such member`,
  reachedArray: (path: string, size: number): string =>
    `${path === '' ? 'the array' : path} has ${size} ${size === 1 ? 'item' : 'items'}, counted from 0`,
  reachedValue: (path: string): string => `${path === '' ? 'the answer' : path} is a single value`,
  proxyWithoutScheme: (variable: string): string =>
    `${variable} doesn't start with http://. Write it as in ${variable}=http://localhost:3128`,
  proxySocks: (variable: string): string =>
    `${variable} names a SOCKS proxy, which chaveiro doesn't support. Set HTTPS_PROXY to an HTTP proxy, or list the host in NO_PROXY.`,
  badProxy: (variable: string): string =>
    `${variable} is not the URL of a proxy. Write it as in ${variable}=http://localhost:3128`,
  unknownInput: (key: string, meant: string, known: readonly string[]): string =>
    `Unknown input "${key}" in the file.${meant} Available: ${known.join(', ')}.`,
}

export type DataTexts = typeof data
