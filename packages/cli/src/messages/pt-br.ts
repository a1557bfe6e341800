// One module for each language, so that one file is loaded for it.
export { connection } from './connection.pt-br.ts'
export { data } from './data.pt-br.ts'
export { help } from './help.pt-br.ts'
export { messages } from './messages.pt-br.ts'
