// The admin API of simulators that run in this process, and its page, for `listen()`.

import type { Admin } from './admin/admin.ts'
import { type AdminOptions, adminOf } from './admin/create-admin.ts'

export type { Admin } from './admin/admin.ts'
export type { AdminOptions } from './admin/create-admin.ts'

/**
 * Makes the admin API of simulators: `listen(bitize, { admin: createAdmin({ simulators: { bitize }, clock }) })` serves it below
 * `/__simulator`, next to the provider. The simulators have to be made with the same clock.
 */
export const createAdmin = (options: AdminOptions): Admin => adminOf(options, async () => undefined)
