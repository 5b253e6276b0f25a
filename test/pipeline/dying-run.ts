import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Step } from '../../src/lib/step.ts';
import type { Workspace } from './workspace.ts';

const project = resolve(import.meta.dirname, '..', '..');

/** A run that dies by SIGKILL where it comes to a step for the n-th time; false when it never came there. */
export async function dyingRun(workspace: Workspace, step: Step, nth = 1, verb: readonly string[] = ['run']) {
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(project, 'faults', 'die-at-step.ts'),
      join(project, 'src', 'main.ts'),
      ...verb,
      '--config',
      workspace.configPath,
    ],
    {
      cwd: workspace.folder,
      env: { ...process.env, FAULTS_BLOW: `${step}:${nth}:SIGKILL` },
      stdio: 'ignore',
    },
  );
  return await new Promise<boolean>((done, fail) => {
    child.on('error', fail);
    child.on('close', (_, signal) => done(signal === 'SIGKILL'));
  });
}
