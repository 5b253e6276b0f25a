import { answerMembers } from '../contract/answer-members.ts';
import { UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';
import { didYouMean } from '../lib/suggest.ts';
import { askOnce } from './ask-once.ts';
import { numberTypes } from './name-target.ts';
import { usableConfig } from './open-house.ts';

/**
 * `luottoputki loan NUMBER`: what the register holds of a loan (GetLoan), for people or as it came. Nothing is kept.
 * @returns 0 answered, 1 the register said no, 2 certificate, 4 no answer
 * @throws UsageError when there is no such kind of number, or the config or the certificate cannot be used
 */
export async function loan(number: string, options: { config: string; type: string; json?: boolean }): Promise<number> {
  const type = numberTypes.find((each) => each.toLowerCase() === options.type.toLowerCase());
  if (type === undefined)
    throw new UsageError(
      `--type ${visible(options.type)} is no kind of loan number${didYouMean(options.type, numberTypes)}`,
      {
        hint: `say one of ${numberTypes.join(', ')}`,
      },
    );
  const config = usableConfig(options.config);
  const asked = await askOnce(config, 'GetLoan', { loanNumber: { type, number } });
  if (asked.kind === 'none') {
    process.stderr.write(`${visible(number)}: ${asked.say}\n`);
    return asked.status;
  }
  process.stdout.write(options.json ? `${asked.text.trimEnd()}\n` : sayMembers(asked.text));
  return 0;
}

/** Every member of the answer on a line of its own, its value beside its name. */
function sayMembers(text: string): string {
  const members = answerMembers(text) ?? [];
  const width = Math.max(0, ...members.map(({ path }) => path.length));
  return members.map(({ path, text: value }) => `${visible(path).padEnd(width)}  ${visible(value)}\n`).join('');
}
