import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { applyRules } from '../contract/rules.ts';
import { extractPurposes } from '../contract/shapes.ts';
import { dayInFinland, localTime } from '../lib/calendar.ts';
import { durableWrite } from '../lib/durable-write.ts';
import { identityCodeFault } from '../lib/identity-code.ts';
import { maskText } from '../lib/mask.ts';
import { UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';
import { didYouMean } from '../lib/suggest.ts';
import { seriesOf } from '../pipeline/house.ts';
import { extractPage } from '../reports/pages/extract-page.ts';
import { askOnce } from './ask-once.ts';
import { usableConfig } from './open-house.ts';
import { readSecretLine } from './read-secret-line.ts';

export type ExtractOptions = {
  config: string;
  purpose: string[];
  from?: string;
  out?: string;
  force?: boolean;
  json?: boolean;
};

const purposes = [...extractPurposes.since2026, ...extractPurposes.first];

/**
 * `luottoputki extract`: the credit register extract of one person, into a file (0600), or as it came to stdout. The identity code
 * is read from stdin or a file, never from the command line, where others could see it. Nothing is kept.
 * @returns 0 answered, 1 the register said no, 2 certificate, 4 no answer
 * @throws UsageError when something asked for is not right; no message has the code in it
 */
export async function extract(options: ExtractOptions): Promise<number> {
  const config = usableConfig(options.config);
  const creditRegisterExtractPurpose = options.purpose.map(purposeNamed);
  const out = outFile(options);
  const idCode = await readCode(options.from);
  const fault = identityCodeFault(idCode, seriesOf(config));
  if (fault !== null)
    throw new UsageError(`what was read is no identity code that may be asked about here (${faultWords[fault]})`, {
      hint: 'give one code and nothing else; --from FILE, or on stdin',
    });
  const question = { idCodeType: 'PersonalIdentityCode', idCode, creditRegisterExtractPurpose };
  const now = new Date();
  for (const { expected } of applyRules('GetCreditRegisterExtract', question, { today: dayInFinland(now) }))
    process.stderr.write(
      `warning: the register got other purposes on 1 April 2026; whether it still takes this one is not known (expected ${expected})\n`,
    );
  const asked = await askOnce(config, 'GetCreditRegisterExtract', question);
  if (asked.kind === 'none') {
    process.stderr.write(`${asked.say}\n`);
    return asked.status;
  }
  if (out === undefined) process.stdout.write(`${asked.text.trimEnd()}\n`);
  else {
    const page = {
      answer: asked.text,
      asked: 'luottoputki extract',
      purposes: creditRegisterExtractPurpose,
      answeredAt: localTime(now).slice(0, 16),
      environment: config.register.environment,
      language: config.language,
    };
    durableWrite(out, extname(out) === '.html' ? extractPage(page) : asked.text, 0o600);
    process.stderr.write(`written to ${options.out}: a person’s data, readable by you alone\n`);
  }
  return 0;
}

const faultWords = {
  form: 'its form or its check character is wrong',
  artificial: 'it is of an artificial person, and this is production',
  notArtificial: 'it is of a real person, and this is not production',
} as const;

function purposeNamed(name: string): (typeof purposes)[number] {
  const found = purposes.find((purpose) => purpose.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new UsageError(
    `--purpose ${visible(maskText(name))} is no purpose of the register${didYouMean(name, purposes)}`,
    {
      hint: `say one of ${purposes.join(', ')}`,
    },
  );
}

function outFile({ out, json, force }: ExtractOptions): string | undefined {
  if ((out === undefined) === (json !== true))
    throw new UsageError(out === undefined ? 'where shall the extract go?' : '--out and --json exclude each other', {
      hint: 'say --out FILE (a page when it ends in .html, JSON otherwise), or --json for stdout',
    });
  if (out === undefined) return undefined;
  const path = resolve(out);
  if (!existsSync(dirname(path)))
    throw new UsageError(`the folder of ${visible(out)} does not exist`, { hint: 'make it, or say another file' });
  if (existsSync(path) && (force !== true || !lstatSync(path).isFile()))
    throw new UsageError(`${visible(out)} is there already`, { hint: 'say another file, or --force to replace it' });
  return path;
}

async function readCode(from: string | undefined): Promise<string> {
  if (from === undefined) return (await readSecretLine('identity code: ')).trim();
  try {
    return readFileSync(from, 'utf8').trim();
  } catch (cause) {
    // Somebody may have given the code itself, and the system's error would tell it.
    // biome-ignore lint/style/useErrorCause: see above
    throw new UsageError(`${visible(maskText(from))} cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      hint: 'say --from with a file that has the identity code in it, or give it on stdin',
    });
  }
}
