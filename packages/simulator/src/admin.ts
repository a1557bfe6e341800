// The admin API of simulators that run in this process, and its page, for `listen()`.

export type { Admin } from './admin/admin.ts'
export { type AdminOptions, createAdmin } from './admin/create-admin.ts'
