import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reached } from './step.ts';

/** A file that appears whole or not at all: written beside its target, made durable, then renamed into place. */
export class DurableFile {
  readonly #path: string;
  readonly #temp: string;
  #fd: number | undefined;
  #size = 0;
  #published = false;

  /**
   * @param path where the file will appear; its folder must exist
   * @param mode rights of the new file, 0600 unless told
   */
  constructor(path: string, mode = 0o600) {
    this.#path = path;
    this.#temp = join(dirname(path), `.${basename(path)}.tmp`);
    removeFile(this.#temp);
    const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
    this.#fd = openSync(this.#temp, O_CREAT | O_EXCL | O_WRONLY | (O_NOFOLLOW ?? 0), mode);
  }

  /** Adds bytes; loops until the system has taken all of them. */
  write(data: string | Uint8Array): void {
    if (this.#fd === undefined) throw new Error(`${basename(this.#path)} is closed`);
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    const fd = this.#fd;
    this.#named(() => {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    });
    this.#size += bytes.length;
  }

  /** Makes the file durable and lets it appear. Throws, leaving the earlier file untouched, when the size is not what was written. */
  publish(): void {
    const fd = this.#fd;
    if (fd === undefined) throw new Error(`${basename(this.#path)} is closed`);
    if (fstatSync(fd).size !== this.#size) {
      const short = new Error(`${basename(this.#path)}: short write, is the disk full?`);
      throw Object.assign(short, { code: 'ENOSPC', syscall: 'write', path: this.#path });
    }
    reached('file.written');
    this.#named(() => fsyncSync(fd));
    this.#fd = undefined;
    this.#named(() => closeSync(fd));
    reached('file.synced');
    renameSync(this.#temp, this.#path);
    this.#published = true;
    reached('file.renamed');
    syncFolder(dirname(this.#path));
  }

  /** Errors of a descriptor do not tell the file: it is added. */
  #named(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw Object.assign(error as Error, { path: this.#path });
    }
  }

  /** Takes back what was not published. */
  [Symbol.dispose](): void {
    const fd = this.#fd;
    this.#fd = undefined;
    if (fd !== undefined) closeSync(fd);
    if (!this.#published) removeFile(this.#temp);
  }
}

/** Writes a small file durably: temp file beside the target, fsync, rename, fsync of the folder. */
export function durableWrite(path: string, data: string | Uint8Array, mode = 0o600): void {
  using file = new DurableFile(path, mode);
  file.write(data);
  file.publish();
}

/**
 * Whether an error says that something could not be made durable. What the system has taken before may be gone then, and
 * asking once more may get a wrong yes: such an error ends the process, and the next one reads back what is there.
 */
export const isLostSync = (error: unknown) =>
  ['fsync', 'close'].includes((error as NodeJS.ErrnoException).syscall ?? '');

/** Removes a file; already gone is as good. (`rmSync` does not tell why it cannot.) */
export function removeFile(path: string | Buffer): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Makes the names in a folder durable. Systems that cannot sync a folder (EINVAL, ENOTSUP, EPERM on Windows) are let be. */
export function syncFolder(path: string): void {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    fsyncSync(fd);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const unable =
      ['EINVAL', 'ENOTSUP'].includes(code) || (process.platform === 'win32' && ['EPERM', 'EISDIR'].includes(code));
    if (!unable) throw Object.assign(error as Error, { path });
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Makes a folder, and its name in the folder above durable; does nothing when it is there. */
export function durableFolder(path: string, mode = 0o700): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = dirname(path);
  // Level by level: `recursive` says ENOENT where a disk is full or read-only.
  if (above !== path) durableFolder(above, mode);
  mkdirSync(path, mode);
  syncFolder(path);
  syncFolder(above);
}
