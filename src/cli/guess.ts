import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { type Api, apis } from '../contract/apis.ts';
import { type GuessedMapping, guessMapping } from '../guessing/guess-mapping.ts';
import { readSample, type Sample, sampleLimits } from '../guessing/read-sample.ts';
import { findFile } from '../intake/find-file.ts';
import { dayInFinland } from '../lib/calendar.ts';
import { durableWrite } from '../lib/durable-write.ts';
import { UsageError } from '../lib/problem.ts';
import { visible } from '../lib/shown-name.ts';
import { didYouMean } from '../lib/suggest.ts';

export type GuessOptions = { api?: string; out?: string; force?: boolean; rows?: number };

/** `luottoputki guess FILE`: a draft of a mapping from a sample export, to stdout or to a file; what is left, to stderr. */
export async function guess(path: string, options: GuessOptions): Promise<number> {
  const found = findFile(path);
  const file = visible(path);
  if (!found)
    throw new UsageError(`there is no file ${file}`, {
      hint: 'say the path of a sample export, as the core system writes it',
    });
  const api = apiNamed(options.api);
  if (options.out !== undefined && existsSync(options.out) && !options.force)
    throw new UsageError(`${visible(options.out)} is there already`, {
      hint: 'say another --out, or --force to overwrite it',
    });
  const { bytes, whole } = readBeginning(found.path, file);
  const sample = readSample(bytes, whole, options.rows ?? sampleLimits.rows);
  const guessed = await guessMapping(sample, basename(found.name), api, dayInFinland(new Date()));
  if (options.out === undefined) process.stdout.write(guessed.text);
  else durableWrite(options.out, guessed.text, 0o644);
  process.stderr.write(whatIsLeft(file, sample, guessed, options));
  return 0;
}

function apiNamed(name: string | undefined): Api | undefined {
  if (name === undefined) return undefined;
  const api = apis.find((each) => each.toLowerCase() === name.toLowerCase());
  if (api) return api;
  throw new UsageError(`${visible(name)} is no API a mapping can be drafted for${didYouMean(name, apis)}`, {
    hint: `say one of ${apis.join(', ')}, or leave --api out to have it proposed`,
  });
}

function readBeginning(path: string | Buffer, file: string): { bytes: Uint8Array; whole: boolean } {
  const fd = openSync(path, 'r');
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new UsageError(`${file} is no file`, { hint: 'say the path of a sample export' });
    const bytes = Buffer.alloc(Math.min(stat.size, sampleLimits.bytes));
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(fd, bytes, done, bytes.length - done, done);
      if (read === 0) break;
      done += read;
    }
    return { bytes: bytes.subarray(0, done), whole: stat.size <= sampleLimits.bytes };
  } finally {
    closeSync(fd);
  }
}

/** The steps from the draft to a mapping that runs. Names of columns are told, never what stands in them. */
function whatIsLeft(file: string, sample: Sample, guessed: GuessedMapping, options: GuessOptions): string {
  const { left, todos, supposed, api, name } = guessed;
  const where = options.out ?? 'the draft';
  const steps = [
    ...oddities(sample),
    ...(todos > 0
      ? [`fill ${todos} code${todos === 1 ? '' : 's'} that say${todos === 1 ? 's' : ''} TODO under codes`]
      : []),
    ...left,
    ...(supposed.length > 0 ? [`confirm what no column shows: ${supposed.join('; ')}`] : []),
    'read the reasons in the comments, above all those that say unsure',
    `take \`draft: true\` out of ${visible(where)}${options.out === undefined ? ' and put it into the folder of mappings' : ''}`,
    'luottoputki check',
    `luottoputki preview ${file} --mapping ${name}`,
  ];
  const looked = sample.whole ? '' : ' (the file goes on; only its beginning was looked at)';
  return [
    `${file}: ${sample.rows.length} rows and ${sample.names.length} columns looked at${looked}; drafted for ${api}.`,
    'Left to do, in this order:',
    ...steps.map((step, i) => `${String(i + 1).padStart(2)}. ${visible(step)}`),
    '',
  ].join('\n');
}

function oddities({ finalNewline, torn, trailer }: Sample): string[] {
  return [
    ...(finalNewline
      ? []
      : ['the last line has no line end: let the core system write one, or such an export is refused as cut off']),
    ...(trailer
      ? [
          `line ${trailer.line}, the last, seems to be none of the table: say so under csv.trailer, as the draft proposes`,
        ]
      : []),
    ...(torn.length > 0
      ? [
          `${torn.length} row${torn.length === 1 ? '' : 's'} of another width than the header (line ${torn.slice(0, 5).join(', ')}${torn.length > 5 ? ' …' : ''}): a delimiter or a quote is missing or too many`,
        ]
      : []),
  ];
}
