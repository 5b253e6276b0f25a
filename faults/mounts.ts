import { spawnSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';

/** A small disk in memory, mounted on a folder until it is disposed of. */
export class SmallDisk implements Disposable {
  readonly #folder: string;

  /** @param options as mount takes them: `size=64m`, `nr_inodes=20`, `ro` */
  constructor(folder: string, options = 'size=64m') {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    command('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', folder);
  }

  /** Changes how large it is, or whether it may be written. */
  remount(options: string): void {
    command('mount', '-o', `remount,${options}`, this.#folder);
  }

  /** Bytes in use. */
  get used(): number {
    const { blocks, bfree, bsize } = statfsSync(this.#folder);
    return (blocks - bfree) * bsize;
  }

  [Symbol.dispose](): void {
    command('umount', '-l', this.#folder);
  }
}

/** Why nothing can be mounted here; nothing when it can. */
export function whyNoMounts(): string | undefined {
  if (process.platform !== 'linux') return 'disks are mounted on Linux only';
  if (process.getuid?.() !== 0) return 'only root may mount';
  return undefined;
}

/**
 * Runs a program of the system to its end.
 * @throws Error with what it said, when it fails
 */
export function command(name: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(name, args, { encoding: 'utf8' });
  if (error) throw new Error(`${name} cannot be started: is it installed?`, { cause: error });
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${status}: ${stderr.trim()}`);
  return stdout;
}
