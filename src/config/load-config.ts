import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Contract } from '../contract/contract.ts';
import { instantOf } from '../lib/calendar.ts';
import { isBusinessId } from '../lib/identity-code.ts';
import { type Problem, UsageError } from '../lib/problem.ts';
import { checkShape, parseYaml, type YamlFile } from '../lib/yaml-file.ts';
import { yamlText } from '../lib/yaml-text.ts';
import { Config } from './config.ts';
import { loadContract } from './load-contract.ts';

/** The config with its folders as absolute paths, and what the register takes. */
export type LoadedConfig = Config & { file: string; root: string; contract: Contract };

/**
 * Reads `pipeline.config.yaml`; paths in it are relative to it.
 * @param withoutCertificate the certificate that the environment needs may be missing: it is to be ordered
 * @returns the config when it can be used, all problems, and advice for those who ask
 * @throws UsageError when the file cannot be read at all
 */
export function loadConfig(
  path: string,
  { withoutCertificate = false } = {},
): { config?: LoadedConfig; problems: Problem[]; advice: Problem[] } {
  const file = resolve(path);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new UsageError(`the config ${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      hint: 'say --config FILE, or start with `luottoputki demo` and copy its pipeline.config.yaml',
      cause,
    });
  }
  const decoded = yamlText(bytes, path);
  if ('problem' in decoded) return { problems: [decoded.problem], advice: [] };
  const yaml = parseYaml(decoded.text, path);
  const read = yaml.problems.length > 0 ? undefined : checkShape(yaml, Config);
  if (!read) return { problems: yaml.problems, advice: [] };
  tellContradictions(read, yaml, withoutCertificate);
  const root = dirname(file);
  const folders = Object.fromEntries(
    Object.entries(read.folders).map(([name, folder]) => [name, resolve(root, folder)]),
  ) as Config['folders'];
  const { contract, problems: ofContract, advice } = loadContract(read.register, root);
  const problems = [...yaml.problems, ...ofContract];
  return contract === undefined || problems.some(({ severity }) => severity === 'error')
    ? { problems, advice }
    : { config: { ...read, folders, file, root, contract }, problems, advice };
}

function tellContradictions(config: Config, yaml: YamlFile, withoutCertificate: boolean): void {
  const { register, owner, folders } = config;
  const tell = (path: string[], code: string, message: string, severity?: 'warning') =>
    yaml.problems.push(yaml.problem(path, code, message, severity ? { severity } : {}));
  if (owner.idCodeType === 'BusinessId' && !isBusinessId(owner.idCode))
    tell(
      ['owner', 'idCode'],
      'OWNER',
      `owner.idCode: ${owner.idCode} is not a Business ID with the right check digit (NNNNNNN-C)`,
    );
  if (register.environment !== 'sandbox' && !register.certificates.reporting && !withoutCertificate)
    tell(
      ['register'],
      'CERTIFICATE_MISSING',
      `register.certificates.reporting: the environment ${register.environment} needs a certificate: cert and key, or pfx`,
    );
  if (register.ca !== undefined && register.url === undefined)
    tell(
      ['register', 'ca'],
      'CA_WITHOUT_URL',
      'register.ca is trusted for the address in register.url only; say url too, or leave ca out',
    );
  for (const [i, { from, to }] of register.serviceBreaks.entries()) {
    const at = ['register', 'serviceBreaks', String(i)];
    if (to <= from) tell(at, 'SERVICE_BREAK', `register.serviceBreaks: ${from} does not lie before ${to}`);
    for (const time of [from, to])
      if (instantOf(`${time}:00`, 'Europe/Helsinki') === null)
        tell(at, 'SERVICE_BREAK', `register.serviceBreaks: ${time} is no time that the clocks in Finland show once`);
  }
  const used = new Map<string, string>();
  for (const [name, folder] of Object.entries(folders)) {
    const other = used.get(resolve(folder));
    if (other !== undefined)
      tell(['folders', name], 'FOLDER_TWICE', `folders.${name} is the same folder as folders.${other}`);
    used.set(resolve(folder), name);
  }
}
