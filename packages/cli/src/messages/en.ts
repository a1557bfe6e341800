// One module for each language, so that one file is loaded for it. `messages` is what the command says at work, `help` its
// help texts, `data` what it says about files, pipes and JSON, `connection` about tenants and certificates. The other
// language has the same keys.
export { connection } from './connection.en.ts'
export { data } from './data.en.ts'
export { help } from './help.en.ts'
export { messages } from './messages.en.ts'
