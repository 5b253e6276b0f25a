import type { ExportRecord, Ledger } from '../ledger/ledger.ts';

/** The sentences of findings about the whole export, for states that a person has caused or must end; they come first. */
export async function reasonsOf(ledger: Ledger, { id, stage }: ExportRecord): Promise<string[]> {
  const reasons: string[] = [];
  if (stage !== 'awaitingApproval' && stage !== 'withdrawn') return reasons;
  const wanted = stage === 'withdrawn' ? 'send' : 'check';
  for await (const finding of ledger.findings(id)) {
    if (finding.line !== null) break;
    if (finding.stage === wanted && finding.message !== null) reasons.push(finding.message);
  }
  return reasons;
}
