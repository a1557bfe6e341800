export { CardNumberError, CardTokenError, type CardTokenErrorCode } from './card-errors.ts'
export type { TokenizeCardOptions } from './check-card.ts'
export { tokenizeCard } from './tokenize-card.ts'
