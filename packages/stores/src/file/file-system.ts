import { constants } from 'node:fs'
import * as fs from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

/** What is known of a path, or of an open file. */
export interface FileFacts {
  readonly mode: number
  readonly uid: number
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
}

/** What the file store needs of its surroundings: of `node:fs/promises`, of the process, and time. Tests put faults in. */
export interface FileSystem {
  readonly platform: string
  /** The user that this process acts as; `undefined` on Windows. */
  readonly uid: () => number | undefined
  readonly now: () => number
  readonly wait: (ms: number) => Promise<unknown>
  readonly link: (from: string, to: string) => Promise<void>
  readonly mkdir: (path: string, options: { recursive: true; mode: number }) => Promise<string | undefined>
  readonly open: (path: string, flags: string | number, mode?: number) => Promise<OpenFile>
  readonly readdir: (path: string) => Promise<string[]>
  readonly rename: (from: string, to: string) => Promise<void>
  /** Of a link, the link itself. */
  readonly lstat: (path: string) => Promise<FileFacts>
  readonly unlink: (path: string) => Promise<void>
  /** Of an empty folder. */
  readonly rmdir: (path: string) => Promise<void>
}

/** A file, or a folder, that is open. */
export interface OpenFile {
  stat(): Promise<FileFacts>
  read(buffer: Uint8Array, offset: number, length: number): Promise<{ bytesRead: number }>
  writeFile(content: string): Promise<void>
  chmod(mode: number): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

export const systemFiles: FileSystem = {
  ...fs,
  platform: process.platform,
  uid: () => process.geteuid?.(),
  now: Date.now,
  wait: setTimeout,
}

// A FIFO or a device must not keep the reader waiting, nor become its terminal. Windows has none of these flags.
const AT_ONCE = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/** To read a file: at once, and, unless links are followed, only if the path itself is not a link. */
export const READ: number = AT_ONCE | constants.O_NOFOLLOW
export const READ_THROUGH_LINKS: number = AT_ONCE
/** To sync a folder, or to change its mode: nothing but a folder is opened. */
export const FOLDER: number = AT_ONCE | constants.O_DIRECTORY
export const FOLDER_ITSELF: number = FOLDER | constants.O_NOFOLLOW
