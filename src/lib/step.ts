/** The steps of the protocol at which a process may die; each stands in the code where what it names has just become true. */
export const steps = [
  'copy.written',
  'copy.archived',
  'export.recorded',
  'export.leftInbox',
  'mapping.begun',
  'block.staged',
  'mapping.ended',
  'plan.committed',
  'status.askedFirst',
  'post.writtenAhead',
  'post.answered',
  'post.recorded',
  'status.answered',
  'status.recorded',
  'verdict.recorded',
  'receipt.written',
  'export.done',
  'file.written',
  'file.synced',
  'file.renamed',
  'page.written',
] as const;
/** Those of the nights that `faults/` strikes, and those of questions, which no such night asks. */
export type Step = (typeof steps)[number] | 'question.answered' | 'answer.kept';

let watcher: ((step: Step) => void) | undefined;

/** Says that a step was reached; does nothing by itself. */
export function reached(step: Step): void {
  watcher?.(step);
}

/** Has `watch` told of every step from now on; a watcher that throws or ends the process stops the work just there. */
export function watchSteps(watch: ((step: Step) => void) | undefined): void {
  watcher = watch;
}
