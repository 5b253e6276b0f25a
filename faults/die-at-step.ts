import { writeFileSync } from 'node:fs';
import { type Step, watchSteps } from '../src/lib/step.ts';

/**
 * Preloaded into a run (`node --import`), it sends the process a signal at the k-th time a step is reached, or counts how
 * often each is: `FAULTS_BLOW=plan.committed:2:SIGKILL`, `FAULTS_COUNT=FILE`. A SIGKILL ends the process within the step.
 */
const [fatal, hit, signal] = (process.env['FAULTS_BLOW'] ?? '').split(':');
const counts = new Map<Step, number>();

watchSteps((step) => {
  const count = (counts.get(step) ?? 0) + 1;
  counts.set(step, count);
  if (step === fatal && count === Number(hit)) process.kill(process.pid, signal as NodeJS.Signals);
});

const report = process.env['FAULTS_COUNT'];
if (report !== undefined)
  process.on('exit', () => writeFileSync(report, JSON.stringify(Object.fromEntries(counts)), 'utf8'));
