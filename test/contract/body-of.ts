import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { loadContract } from '../../src/config/load-contract.ts';
import type { BatchApi } from '../../src/contract/apis.ts';
import type { Contract } from '../../src/contract/contract.ts';
import { frame, type KeyCase, serialise } from '../../src/contract/message.ts';
import { sayProblem } from '../../src/lib/problem.ts';
import type { Finding } from '../../src/mapping/finding.ts';
import { loadMapping } from '../../src/mapping/load-mapping.ts';
import { mapExport } from '../../src/mapping/map-export.ts';
import { readExport } from '../../src/reading/read-export.ts';
import { readBatch } from '../../src/sandbox/read-message.ts';
import { tempFolder } from '../lib/temp-folder.ts';
import { inChunks } from '../reading/read-text.ts';

export type Extra = { overlay?: object; schemas?: Record<string, object>; keyCase?: KeyCase };

/** The contract of a lender who has an overlay, or the register's schemas; problems are thrown, warnings given. */
export function contractWith({ overlay, schemas, keyCase = 'camelCase' }: Extra): {
  contract: Contract;
  warnings: string[];
  advice: string[];
} {
  const root = tempFolder();
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  if (overlay) put('contract.yaml', stringify(overlay));
  for (const [name, schema] of Object.entries(schemas ?? {})) put(`schemas/${name}`, JSON.stringify(schema));
  const { contract, problems, advice } = loadContract(
    {
      keyCase,
      ...(overlay && { contract: 'contract.yaml' }),
      ...(schemas && { schemas: 'schemas' }),
    },
    root,
  );
  if (!contract) throw new Error(problems.map(sayProblem).join('\n'));
  return {
    contract,
    warnings: problems.map(({ code, message }) => `${code} ${message}`),
    advice: advice.map(({ message }) => message),
  };
}

const owner = { idCodeType: 'BusinessId', idCode: '1572860-0' } as const;

/**
 * What the rows of an export become under a contract: reports, findings, the body as it would be sent, and what the sandbox
 * says of that body.
 */
export async function bodyOf(
  contract: Contract,
  mapping: { api: BatchApi; fields: object; [key: string]: unknown },
  csv: string,
  keyCase: KeyCase = 'camelCase',
) {
  const spec = { mapping: 'm', takes: '*.csv', ...mapping };
  const { loaded, problems } = loadMapping(stringify(spec), 'm.yaml', 'artificial', undefined, contract);
  if (!loaded) throw new Error(problems.map(sayProblem).join('\n'));
  const context = { takenAt: '2026-11-20T01:02:03Z', today: '2026-11-20', fileName: 'test.csv' };
  const reports: Record<string, unknown>[] = [];
  const findings: Finding[] = [];
  for await (const block of mapExport({
    mapping: loaded.mapping,
    series: 'artificial',
    context,
    read: () => readExport(inChunks(Buffer.from(csv), []), loaded.mapping.csv),
    startOver: () => {},
    scratch: join(tempFolder(), 'scratch.sqlite'),
  }))
    for (const built of block.reports) {
      findings.push(...built.findings);
      if (built.report) reports.push(built.report);
    }
  const { head, tail } = frame(mapping.api, { targetEnvironment: 'Test', owner }, keyCase);
  const body = head + reports.map((report) => serialise(report, keyCase)).join(',') + tail;
  const read = readBatch(mapping.api, body, contract);
  return {
    reports,
    body,
    findings: findings.map(({ code, column, expected }) => ({ code, column, expected })),
    sandbox: read.kind === 'read' ? 'read' : read.errors.map(({ errorDescription }) => errorDescription).join('\n'),
  };
}

/** The lines of a mapping of loans that every loan needs. */
export const loanFields = {
  reportReference: { from: 'NO', prefix: 'new-' },
  'loanNumber.type': { const: 'Other' },
  'loanNumber.number': { from: 'NO' },
  loanType: { const: 'LumpSumLoan' },
  borrowers: { const: [{ idCodeType: 'PersonalIdentityCode', idCode: '010190-900P' }] },
  lumpSumLoan: { const: { balance: 1 } },
};
