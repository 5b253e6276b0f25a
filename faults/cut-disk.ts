import { existsSync, mkdirSync } from 'node:fs';
import { command } from './mounts.ts';

/**
 * Nothing reaches the image by itself within a night (`commit`), and no file is written early because it takes another's
 * place (`noauto_da_alloc`): only what was fsynced is there after the power went.
 */
const options = 'loop,commit=300,noauto_da_alloc';
/** Large enough that exports are taken at all; almost all of it is a hole. */
const size = '96M';

/** A disk of its own on a folder, in an image file; its power can be cut. */
export class CutDisk implements Disposable {
  readonly #folder: string;
  readonly #image: string;
  #mounted = false;

  /** @param image a file that does not exist yet, on a disk that has room for some MB */
  constructor(folder: string, image: string) {
    this.#folder = folder;
    this.#image = image;
    mkdirSync(folder, { recursive: true });
    command('truncate', '-s', size, image);
    command('mkfs.ext4', '-q', '-F', '-J', 'size=4', '-E', 'lazy_itable_init=1,lazy_journal_init=1', image);
    this.#mount(image);
    command('rmdir', `${folder}/lost+found`);
    this.sync();
  }

  /** Puts everything on the disk. */
  sync(): void {
    command('sync', '-f', this.#folder);
  }

  /** Takes down what the disk has at this moment. What is only in memory is not in it. */
  snapshot(): void {
    command('cp', '--sparse=always', this.#image, this.#cut);
  }

  /** Comes up again as the disk was at the snapshot, checked and with its journal played back, as after a start. */
  comeBack(): void {
    this.#unmount();
    // Status 1 says that it mended something, as it should.
    command('sh', '-c', 'e2fsck -fy "$1" >/dev/null 2>&1 || test $? -eq 1', 'sh', this.#cut);
    this.#mount(this.#cut);
    // The check makes it anew.
    command('rmdir', '--ignore-fail-on-non-empty', `${this.#folder}/lost+found`);
  }

  [Symbol.dispose](): void {
    this.#unmount();
  }

  get #cut(): string {
    return `${this.#image}.cut`;
  }

  #mount(image: string): void {
    command('mount', '-o', options, image, this.#folder);
    this.#mounted = true;
  }

  #unmount(): void {
    if (this.#mounted) command('umount', this.#folder);
    this.#mounted = false;
  }
}

/** Why no disk can be made in a file here; nothing when it can. */
export function whyNoImages(): string | undefined {
  if (!existsSync('/dev/loop-control')) return 'there are no loop devices (/dev/loop-control)';
  for (const name of ['mkfs.ext4', 'e2fsck', 'mount'])
    try {
      command('sh', '-c', `command -v ${name}`);
    } catch {
      return `${name} is not installed (e2fsprogs, util-linux)`;
    }
  return undefined;
}
