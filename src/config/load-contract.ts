import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type Contract, contractOf, ownContract } from '../contract/contract.ts';
import { ContractOverlay, codesOf, widen } from '../contract/contract-overlay.ts';
import type { Problem } from '../lib/problem.ts';
import { didYouMean } from '../lib/suggest.ts';
import { checkShape, parseYaml } from '../lib/yaml-file.ts';
import { yamlText } from '../lib/yaml-text.ts';
import type { Config } from './config.ts';
import { loadSchemas } from './load-schemas.ts';

/**
 * What the register takes, by what the config names beside our own contract.
 * @param root what paths in the config are relative to
 * @returns the contract when all of it can be used, and all problems
 */
export function loadContract(register: Named, root: string): LoadedContract {
  const theirs = withSchemas(register, root);
  if (register.contract === undefined || !theirs.contract) return theirs;
  const overlaid = loadOverlay(resolve(root, register.contract), theirs.contract);
  return { ...overlaid, problems: [...theirs.problems, ...overlaid.problems], advice: theirs.advice };
}

/** What the config says of the contract. */
type Named = Pick<Config['register'], 'contract' | 'schemas' | 'keyCase'>;

/** `contract` is there when all can be used; `advice` is for those who ask. */
type LoadedContract = { contract?: Contract; problems: Problem[]; advice: Problem[] };

/** Our own contract, with the register's schemas in its place where there are any. */
function withSchemas({ schemas, keyCase }: Named, root: string): LoadedContract {
  if (schemas === undefined) return { contract: ownContract, problems: [], advice: [] };
  const { knowledge, judges, problems, advice } = loadSchemas(resolve(root, schemas), keyCase, ownContract);
  if (problems.some(({ severity }) => severity === 'error')) return { problems, advice };
  const whole = { ...ownContract.knowledge, ...knowledge };
  return { contract: contractOf(whole, { codes: ownContract.codes, schemaJudges: judges }), problems, advice };
}

/**
 * Reads a contract overlay and puts it on top of what is known.
 * @param path absolute
 * @returns the contract when the overlay can be used, and all problems
 */
function loadOverlay(path: string, contract: Contract): { contract?: Contract; problems: Problem[] } {
  const file = relative(process.cwd(), path) || path;
  const read = readYaml(path, file);
  if ('problem' in read) return { problems: [read.problem] };
  const yaml = parseYaml(read.text, file);
  const overlay = yaml.problems.length > 0 ? undefined : checkShape(yaml, ContractOverlay);
  if (!overlay) return { problems: yaml.problems };
  const { knowledge, faults } = widen(contract.knowledge, overlay);
  for (const { at, key, code, message, word, known } of faults) {
    const hint = word === undefined ? '' : didYouMean(word, known ?? []);
    yaml.problems.push(yaml.problem(at, code, message + hint, key === undefined ? {} : { key }));
  }
  if (yaml.problems.length > 0) return { problems: yaml.problems };
  const codes = new Map([...contract.codes, ...codesOf(overlay)]);
  return { contract: contractOf(knowledge, { codes, schemaJudges: contract.schemaJudges }), problems: [] };
}

function readYaml(path: string, file: string): ReturnType<typeof yamlText> {
  try {
    return yamlText(readFileSync(path), file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `the contract overlay cannot be read (${code}): correct register.contract in the config`;
    return { problem: { file, line: 1, col: 1, code: 'FILE_UNREADABLE', message, severity: 'error' } };
  }
}
