import { type Decision, decide, noteOf, reasonGiven, thisMinute } from './decide.ts';

export type WithdrawOptions = { config: string; why?: string };

/** `luottoputki withdraw EXPORT`: takes an export back of which nothing has been sent; nothing of it ever is. */
export async function withdraw(word: string, options: WithdrawOptions): Promise<number> {
  return await decide({ ...options, export: word }, withdrawal(options.why));
}

const withdrawal = (why: string | undefined): Decision => ({
  async groups(ledger, alone) {
    const unsent = await ledger.unsent();
    const awaiting = unsent.filter(({ stage }) => stage === 'awaitingApproval');
    // What may be sent at this very moment by another process is not taken away from under it.
    return alone ? [awaiting, unsent] : [awaiting];
  },
  whyNot: ({ stage }, state, unsent) => {
    if (stage === 'withdrawn') return 'it was withdrawn before';
    if (stage === 'refused' || stage === 'givenUp') return 'it was refused: nothing of it is sent anyway';
    return unsent
      ? 'another luottoputki is at work, and may send it just now; stop that one, and try again'
      : `it cannot be withdrawn any more; its state is ${state}`;
  },
  async carryOut(ledger, { id, stage }) {
    const message = `Withdrawn on ${thisMinute()}${reasonGiven(why)}.`;
    const from = stage === 'awaitingApproval' ? 'awaitingApproval' : 'unsent';
    if (!(await ledger.withdraw(id, noteOf('WITHDRAWN', message), from))) return undefined;
    return { event: 'export.withdrawn', say: 'withdrawn; nothing of it was sent, and nothing will be.' };
  },
});
