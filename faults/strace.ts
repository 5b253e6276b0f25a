import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { Workspace } from '../test/pipeline/workspace.ts';

/** Calls of the system that can be made to fail, and the errors each is given in turn. */
export const errorsOf = {
  openat: ['EMFILE', 'EROFS', 'ENOSPC', 'EIO', 'EDQUOT'],
  write: ['ENOSPC', 'EIO', 'EDQUOT'],
  pwrite64: ['ENOSPC', 'EIO', 'EDQUOT'],
  fsync: ['EIO', 'ENOSPC', 'EDQUOT'],
  rename: ['EIO', 'ENOSPC', 'EROFS', 'EDQUOT'],
  ftruncate: ['ENOSPC', 'EIO'],
  mkdir: ['ENOSPC', 'EROFS', 'EDQUOT', 'EIO'],
  unlink: ['EROFS', 'EIO'],
  utimensat: ['EROFS', 'EIO'],
  pread64: ['EIO'],
  read: ['EIO'],
} as const;
export type Call = keyof typeof errorsOf;

/** The k-th time that a call is made on a path below the workspace. */
export type CallPlace = { call: Call; path: string; when: number };

/** Why calls cannot be traced here; nothing when they can. */
export function whyNoTrace(): string | undefined {
  if (process.platform !== 'linux') return 'strace is there for Linux only';
  const tried = spawnSync('strace', ['-f', '--seccomp-bpf', '-e', 'trace=fsync', '-o', '/dev/null', 'true']);
  if (tried.error) return 'strace is not installed';
  if (tried.status !== 0) return `strace does not work here: ${tried.stderr.toString().trim()}`;
  return undefined;
}

const common = ['strace', '-f', '--seccomp-bpf', '-qq', '-y'];

/** Records every such call of a run on something below the workspace, in order; the run ends as it would. */
export async function recordCalls(workspace: Workspace): Promise<CallPlace[]> {
  const log = join(workspace.folder, 'strace.log');
  const trace = `trace=${Object.keys(errorsOf).join(',')}`;
  await workspace.startWith({ through: [...common, '-s', '0', '-o', log, '-e', trace] }, 'run').ended;
  const counts = new Map<string, number>();
  const places: CallPlace[] = [];
  let main = '';
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, thread = '', call = ''] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    main ||= thread;
    // Calls are counted by thread: those of other threads could not be found again.
    if (thread !== main || !(call in errorsOf)) continue;
    const paths = pathsIn(line, workspace.folder);
    for (const path of paths) counts.set(`${call} ${path}`, (counts.get(`${call} ${path}`) ?? 0) + 1);
    const [path] = paths;
    if (path !== undefined) places.push({ call: call as Call, path, when: counts.get(`${call} ${path}`) ?? 1 });
  }
  return places;
}

/** Starts a run in which one call fails; `injected` tells afterwards whether it came to that. */
export function runWithError(workspace: Workspace, { call, path, when }: CallPlace, error: string) {
  const log = join(workspace.folder, 'strace.log');
  const inject = `inject=${call}:error=${error}:when=${when}`;
  const through = [...common, '-o', log, '-P', join(workspace.folder, path), '-e', `trace=${call}`, '-e', inject];
  return {
    running: workspace.startWith({ through }, 'run'),
    injected: () => existsSync(log) && readFileSync(log, 'utf8').includes('(INJECTED)'),
  };
}

/** The paths below a folder that a traced call names: as text, or as what a descriptor stands for. */
function pathsIn(line: string, folder: string): string[] {
  const [call = ''] = line.split(') = ');
  const named = [...call.matchAll(/<([^<>]+)>|"([^"]+)"/g)].map(([, held, text]) => held ?? text ?? '');
  const below = named.filter((path) => isAbsolute(path)).map((path) => relative(folder, path));
  return [...new Set(below.filter((path) => path !== '' && !path.startsWith('..')))];
}
