export type { LoneToken } from './access-tokens.ts'
export type { AccountShelf } from './account-shelf.ts'
export { type AdjustableClock, adjustableClock } from './adjustable-clock.ts'
export type { AssineOnlineTokenOperation } from './assine-online/access-token-routes.ts'
export type { AssineOnlineAccount } from './assine-online/accounts.ts'
export type { AssineOnlineSimulatorOptions } from './assine-online/options.ts'
export type { AssineOnlineTimezone } from './assine-online/php-date.ts'
export type { AssineOnlineSessionOperation } from './assine-online/session-routes.ts'
export {
  type AssineOnlineOperation,
  type AssineOnlinePersonalToken,
  type AssineOnlinePersonalTokenOptions,
  type AssineOnlineSimulator,
  simulateAssineOnline,
} from './assine-online/simulate-assine-online.ts'
export type { AssineOnlineToken, AssineOnlineTokenSelection } from './assine-online/tokens.ts'
export type { AssineOnlineUserOperation } from './assine-online/user-route.ts'
export type { AssineOnlineApiOperation, AssineOnlineWorkflow } from './assine-online/workflow-routes.ts'
export {
  type BancoInterOperation,
  type BancoInterSimulator,
  simulateBancoInter,
} from './banco-inter/simulate-banco-inter.ts'
export type { BitizeTokenOperation } from './bitize/auth.ts'
export {
  type BitizeCredentials,
  type BitizeOperation,
  type BitizeSimulator,
  type BitizeSimulatorOptions,
  simulateBitize,
} from './bitize/simulate-bitize.ts'
export type { IssuedToken } from './bitize/token-families.ts'
export type { BitizeApiOperation, Vendor } from './bitize/vendors.ts'
export {
  type BlingOperation,
  type BlingSimulator,
  simulateBling,
} from './bling/simulate-bling.ts'
export type { SimulatorClock } from './clock.ts'
export {
  type ContaAzulOperation,
  type ContaAzulSimulator,
  simulateContaAzul,
} from './conta-azul/simulate-conta-azul.ts'
export {
  type CorreiosOperation,
  type CorreiosSimulator,
  type CorreiosSimulatorOptions,
  type CorreiosToken,
  type CorreiosTokenKind,
  simulateCorreios,
} from './correios/simulate-correios.ts'
export type { CorreiosCredentials } from './correios/users.ts'
export {
  type EfiChargesOperation,
  type EfiChargesSimulator,
  type EfiOperation,
  type EfiSimulator,
  simulateEfi,
  simulateEfiCharges,
} from './efi/simulate-efi.ts'
export type {
  AlteredFieldFault,
  CutBodyFault,
  DelayFault,
  EmptyBodyFault,
  Fault,
  FaultKind,
  FaultScope,
  HangFault,
  HtmlFault,
  MalformedJsonFault,
  MissingFieldFault,
  OversizedBodyFault,
  RedirectFault,
  ResetFault,
  SkewedDateFault,
  SlowBodyFault,
  StatusFault,
} from './fault.ts'
export type { Faults, PreparedFault, QueuedFault } from './fault-queue.ts'
export type { GenpagOrder } from './genpag/order.ts'
export type { GenpagApiOperation } from './genpag/order-routes.ts'
export type { GenpagPayment } from './genpag/payment.ts'
export type { GenpagCredentials } from './genpag/sellers.ts'
export {
  type GenpagOperation,
  type GenpagSimulator,
  type GenpagSimulatorOptions,
  simulateGenpag,
} from './genpag/simulate-genpag.ts'
export type { GenpagToken, GenpagTokenSelection } from './genpag/token.ts'
export type { GenpagTokenOperation } from './genpag/token-route.ts'
export type { GenpagDeviceOperation } from './genpag/tokenize-routes.ts'
export type { Fetch } from './in-process-fetch.ts'
export type { Call, IncomingRequest } from './incoming-request.ts'
export type { ListedToken, TokenRef, TokenSelection, TokenState } from './issued-token.ts'
export type { SimulatorEvent, WaitOptions } from './journal.ts'
export type { Json, JsonObject } from './json.ts'
export {
  type MelhorEnvioOperation,
  type MelhorEnvioSimulator,
  simulateMelhorEnvio,
} from './melhor-envio/simulate-melhor-envio.ts'
export {
  type MercadoLivreOperation,
  type MercadoLivreSimulator,
  simulateMercadoLivre,
} from './mercado-livre/simulate-mercado-livre.ts'
export {
  type MercadoPagoOperation,
  type MercadoPagoSimulator,
  simulateMercadoPago,
} from './mercado-pago/simulate-mercado-pago.ts'
export type { OAuthApiAnswer, OAuthApiCall, OAuthApiOperation } from './oauth/api-operation.ts'
export type { OAuthClient } from './oauth/clients.ts'
export type {
  OAuthAccessTokenFacts,
  OAuthAnswerSubject,
  OAuthClientMethod,
  OAuthContent,
  OAuthFacts,
  OAuthGrant,
  OAuthHeaders,
  OAuthRefreshTokenFacts,
} from './oauth/facts.ts'
export type { OAuthToken, OAuthTokenSelection } from './oauth/issued-oauth-token.ts'
export type { OAuthErrorCode } from './oauth/oauth-error.ts'
export type { OAuthOperation } from './oauth/oauth-server.ts'
export type { OAuthDecision, OAuthSimulatorOptions } from './oauth/options.ts'
export { type OAuthSimulator, simulateOAuth } from './oauth/simulate-oauth.ts'
export type { ReceivedRequest } from './request-log.ts'
export type { RequestWish } from './request-wish.ts'
export {
  type IntegraContadorOperation,
  type IntegraContadorSimulator,
  simulateIntegraContador,
} from './serpro/simulate-integra-contador.ts'
export {
  type SerproOperation,
  type SerproSimulator,
  simulateSerpro,
} from './serpro/simulate-serpro.ts'
export type { Simulation, Simulator } from './simulation.ts'
export {
  simulateTiny,
  type TinyOperation,
  type TinySimulator,
} from './tiny/simulate-tiny.ts'
