import { type Step, watchSteps } from '../../src/lib/step.ts';

// Loaded with --import before the tool: it dies by SIGKILL when it comes to a step for the n-th time.
const [step, nth = '1'] = (process.argv.find((arg) => arg.startsWith('--die-at=')) ?? '').slice(9).split(':');
// The tool must not see the word.
process.argv = process.argv.filter((arg) => !arg.startsWith('--die-at='));
let left = Number(nth);
watchSteps((reached: Step) => {
  if (reached !== step || --left > 0) return;
  process.kill(process.pid, 'SIGKILL');
});
