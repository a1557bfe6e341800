// A module of NestJS: the client is a provider like any other, and ends with the application.
import { type Bitize, type BitizeOptions, createBitize } from '@chaveiro/bitize'
import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common'

const OPTIONS = Symbol('options of Bitize')

/** Bitize, for whatever is injected with it. */
@Injectable()
export class BitizeService implements OnApplicationShutdown {
  readonly client: Bitize

  constructor(@Inject(OPTIONS) options: BitizeOptions) {
    this.client = createBitize(options)
  }

  /** After the last request, if `app.enableShutdownHooks()` was called. */
  async onApplicationShutdown(): Promise<void> {
    await this.client.close()
  }
}

/** Import it once: `BitizeModule.forRoot({ server: 'production', consumerKey, secretKey })`. */
@Module({})
export class BitizeModule {
  static forRoot(options: BitizeOptions): DynamicModule {
    const providers = [{ provide: OPTIONS, useValue: options }, BitizeService]
    return { module: BitizeModule, global: true, providers, exports: [BitizeService] }
  }
}
