import { onTestFinished } from 'vitest';
import { type Running, Workspace, type WorkspaceOptions } from './workspace.ts';

/** A workspace for one test; a failed test leaves its folder behind. */
export async function openWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const workspace = await Workspace.make(options);
  onTestFinished(({ task }) => workspace.close(task.result?.state === 'pass'));
  return workspace;
}

/** A tool that is killed with the test, should it still be running. */
export function startIn(workspace: Workspace, verb: string, ...args: string[]): Running {
  const running = workspace.start(verb, ...args);
  onTestFinished(() => void running.child.kill('SIGKILL'));
  return running;
}
