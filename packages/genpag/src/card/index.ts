export { CardNumberError, CardTokenError, type CardTokenErrorCode } from './card-errors.ts'
export { type TokenizeCardOptions, tokenizeCard } from './tokenize-card.ts'
