// The shop: a controller that uses the service, and a filter that answers where there is no token.
import type { BitizeOptions } from '@chaveiro/bitize'
import { ChaveiroError } from '@chaveiro/core'
import {
  type ArgumentsHost,
  BadGatewayException,
  Catch,
  Controller,
  type DynamicModule,
  type ExceptionFilter,
  Get,
  Inject,
  Module,
} from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import type { Response } from 'express'
import { BitizeModule, BitizeService } from './bitize.module.ts'

@Controller('vendors')
class VendorsController {
  readonly #bitize: BitizeService

  constructor(@Inject(BitizeService) bitize: BitizeService) {
    this.#bitize = bitize
  }

  @Get()
  async list(): Promise<unknown> {
    const vendors = await this.#bitize.client.fetch('/vendors')
    // The status is between the shop and Bitize. A visitor who got a 401 would log in again, in vain.
    if (!vendors.ok) throw new BadGatewayException()
    return vendors.json()
  }
}

/** There is no token: an answer with the code, which says nothing secret. */
@Catch(ChaveiroError)
class NoTokenFilter implements ExceptionFilter<ChaveiroError> {
  catch(error: ChaveiroError, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Response>().status(503).json({ error: error.code })
  }
}

/** The application's module. */
@Module({})
export class ShopModule {
  static forRoot(options: BitizeOptions): DynamicModule {
    return {
      module: ShopModule,
      imports: [BitizeModule.forRoot(options)],
      controllers: [VendorsController],
      providers: [{ provide: APP_FILTER, useClass: NoTokenFilter }],
    }
  }
}
