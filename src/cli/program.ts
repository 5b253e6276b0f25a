import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../lib/duration.ts';
import { maskIdentityCodes } from '../lib/mask.ts';
import type { ExtractOptions } from './extract.ts';
import type { ReconcileOptions } from './reconcile.ts';
import type { ResolveOptions } from './resolve.ts';
import type { RetryOptions } from './retry.ts';
import { toolVersion } from './tool.ts';

const defaultConfig = 'pipeline.config.yaml';
const exportWords = 'its name, the first 8 characters or more of its SHA-256, or its outbox folder';

/** Builds the command line; each verb's code is loaded only when it is asked for. `done` receives the exit status. */
function buildProgram(done: (status: number) => void): Command {
  const program = new Command('luottoputki')
    .description(
      'Carries a lender’s CSV exports into Finland’s Positive Credit Register, and tells what became of every row.',
    )
    .version(toolVersion)
    .showHelpAfterError('(luottoputki --help tells the verbs, luottoputki VERB --help tells more)')
    .exitOverride()
    // What was typed is quoted: it may be somebody's identity code, where none belongs.
    .configureOutput({ outputError: (text, write) => write(maskIdentityCodes(text)) })
    .addHelpText(
      'after',
      '\nExit status: 0 all accepted, 1 rows need fixing, 2 usage, config, certificate or mapping, 3 an export was refused, taken by nothing, or awaits approval,\n4 register unreachable or verdicts awaited, 5 an outcome is unknown, 70 a fault of luottoputki, 130/143 interrupted.\n\nExamples:\n  npx luottoputki demo\n  npx luottoputki check\n  npx luottoputki run --wait 30m',
    );
  const verb = (name: string, description: string, example: string) =>
    program.command(name).description(description).addHelpText('after', `\nExample:\n  ${example}`);
  const withConfig = (command: Command) => command.option('--config <file>', 'the config', defaultConfig);
  const logging = (command: Command) =>
    command.option('--log', 'log lines (JSON) to stderr instead of a file in state/');

  logging(
    verb(
      'demo',
      'Makes a fresh workspace with sample exports, runs them against the embedded sandbox, and says where to look.',
      'luottoputki demo --dir /tmp/trial',
    ),
  )
    .option('--dir <folder>', 'where the workspace is made', 'demo')
    .action(async (options: { dir: string; log?: boolean }) => done(await (await import('./demo.ts')).demo(options)));

  logging(
    withConfig(
      verb(
        'run',
        'Handles everything in the inbox, waits for the register’s verdicts, and ends. For schedulers.',
        'luottoputki run --wait 30m',
      ),
    ),
  )
    .addOption(
      new Option('--wait <duration>', 'how long to wait for verdicts').default(900_000, '15m').argParser(duration),
    )
    .option('--no-wait', 'send, and end without waiting for verdicts')
    .action(async (options: { config: string; wait: number | false; log?: boolean }) =>
      done(
        await (await import('./run.ts')).run({
          ...options,
          wait: options.wait === false ? 0 : options.wait,
          noWait: options.wait === false,
        }),
      ),
    );

  logging(
    withConfig(verb('watch', 'Like run, for ever: takes exports as they come.', 'luottoputki watch --log')),
  ).action(async (options: { config: string; log?: boolean }) =>
    done(await (await import('./watch.ts')).watch(options)),
  );

  withConfig(
    verb(
      'check',
      'Checks config, mappings, the mappings’ own tests and certificates. Sends nothing.',
      'luottoputki check --watch',
    ),
  )
    .option('--json', 'as JSON')
    .option('--watch', 'again each time a mapping or the config is saved, until Ctrl-C')
    .option('--write-schema <file>', 'also write the schema of mappings for your editor, with all your contract knows')
    .action(async (options: { config: string; json?: boolean; watch?: boolean; writeSchema?: string }) =>
      done(
        options.watch
          ? await (await import('./check-watch.ts')).checkWatch(options)
          : await (await import('./check.ts')).check(options),
      ),
    );

  withConfig(
    verb(
      'preview',
      'Shows rows beside the reports they become, and the findings. Sends nothing. Personal data is masked for people; the JSON holds the reports as they would be sent.',
      'luottoputki preview inbox/NEWLOANS_20260103.csv --rows 3',
    ),
  )
    .argument('<file>', 'an export')
    .addOption(
      new Option('--rows <n>', 'show the first n reports, not the first 5 and 20 with findings').argParser(wholeNumber),
    )
    .option('--findings', 'only reports with findings')
    .option(
      '--sandbox',
      'also foretell the register’s verdicts, with an embedded sandbox that knows what the ledger knows',
    )
    .option('--clear', 'show personal data too')
    .option('--json', 'all reports as they would be sent, as JSON: personal data in clear')
    .option('--mapping <name>', 'the mapping to use, whatever the file is called')
    .action(async (file: string, options: import('./preview.ts').PreviewOptions) =>
      done(await (await import('./preview.ts')).preview(file, options)),
    );

  verb(
    'guess',
    'Drafts a mapping from a sample export: each guess is marked, and what is left to do is told. Sends nothing.',
    'luottoputki guess inbox/LOANS_20260103.csv --api AddLoans --out mappings/loans.yaml',
  )
    .argument('<file>', 'a sample export, as the core system writes it')
    .option(
      '--api <name>',
      'AddLoans, UpdateLoans, Repayments, DelayedRepayments or TerminateLoans, proposed when left out; or, for questions, GetLoan or GetCreditRegisterExtract',
    )
    .option('--out <file>', 'write the draft to this file instead of stdout')
    .option('--force', 'overwrite the file that is there')
    .addOption(new Option('--rows <n>', 'look at no more than n rows').argParser(wholeNumber))
    .action(async (file: string, options: { api?: string; out?: string; force?: boolean; rows?: number }) =>
      done(await (await import('./guess.ts')).guess(file, options)),
    );

  withConfig(
    verb(
      'explain',
      'Tells how each cell of a row became a field, by which rule, and what came of it; or everything about a loan. Personal data is masked.',
      'luottoputki explain NEWLOANS_20260103.csv:5',
    ),
  )
    .argument('<what>', `FILE:LINE, or a loan number; FILE is a path, or of an export taken before ${exportWords}`)
    .option('--clear', 'show personal data too')
    .option('--json', 'as JSON')
    .option('--mapping <name>', 'the mapping to use, not the one it was taken with')
    .action(async (what: string, options: import('./explain.ts').ExplainOptions) =>
      done(await (await import('./explain.ts')).explain(what, options)),
    );

  withConfig(
    verb(
      'describe',
      'Writes a page about the mappings for people who answer for them: from each column to each field, with its rule.',
      'luottoputki describe new-loans --out new-loans.html',
    ),
  )
    .argument('[mapping]', 'its name, or its file; all of them when it is left out')
    .option('--out <file>', 'write the page to a file instead of stdout')
    .action(async (mapping: string | undefined, options: { config: string; out?: string }) =>
      done(await (await import('./describe.ts')).describe(mapping, options)),
    );

  withConfig(
    verb(
      'diff',
      'Tells what a change of a mapping does to exports: reports, findings, fields. Exit status: 0 nothing, 1 something, 2 usage. Sends nothing.',
      'luottoputki diff ledger mappings/new-loans.yaml NEWLOANS_20260103.csv',
    ),
  )
    .argument(
      '<old>',
      'the old version: a file, 8 characters or more of the SHA-256 of a version used before, or ledger for the one last used',
    )
    .argument('<new>', 'the new version, in the same way')
    .argument(
      '[files...]',
      `exports: paths, or of those taken before ${exportWords}; when left out, the last one taken`,
    )
    .option('--clear', 'show personal data too')
    .option('--json', 'as JSON')
    .action(async (old: string, current: string, files: string[], options: import('./diff.ts').DiffOptions) =>
      done(await (await import('./diff.ts')).diff(old, current, files, options)),
    );

  withConfig(
    verb('status', 'Tells what is open, since when, what comes next, and what is due.', 'luottoputki status --json'),
  )
    .option('--json', 'as JSON')
    .action(async (options: { config: string; json?: boolean }) =>
      done(await (await import('./status.ts')).status(options)),
    );

  withConfig(
    verb(
      'approve',
      'Lets a stopped export go: one that awaits approval, that was withdrawn, or that luottoputki gave up.',
      'luottoputki approve ENDINGS_20260103.csv',
    ),
  )
    .argument('<export>', exportWords)
    .action(async (word: string, options: { config: string }) =>
      done(await (await import('./approve.ts')).approve(word, options)),
    );

  withConfig(
    verb(
      'withdraw',
      'Takes an export back of which nothing has been sent; nothing of it ever is.',
      'luottoputki withdraw ENDINGS_20260103.csv --why "the export of the wrong month"',
    ),
  )
    .argument('<export>', exportWords)
    .option('--why <text>', 'the reason, kept with the export')
    .action(async (word: string, options: { config: string; why?: string }) =>
      done(await (await import('./withdraw.ts')).withdraw(word, options)),
    );

  withConfig(
    verb(
      'resolve',
      'Says that failed rows are dealt with: nothing more of them shall be sent, and they are open no longer.',
      'luottoputki resolve NEWLOANS_20260103.csv 17 23 --why "entered by hand in the register’s portal"\n  luottoputki resolve NEWLOANS_20260103.csv --all --why "a test file"\n  luottoputki resolve 0000012345 --why "the customer cancelled" --with-held\n  luottoputki resolve 0000012345 --why "entered by hand" --entered\n  luottoputki resolve NEWLOANS_20260103.csv 17 --undo',
    ),
  )
    .argument('<export or loan>', `the export: ${exportWords}; or the number of a loan`)
    .argument('[line...]', 'lines of the export on which a row of the report stands')
    .option('--why <text>', 'the reason, kept with the rows and shown in the receipt; demanded')
    .option('--all', 'everything of the export that has failed')
    .option('--with-held', 'also reports that are held because their loan was not accepted')
    .option('--entered', 'the loans were entered at the register by hand: what they hold goes')
    .option('--undo', 'takes a resolution back: the rows are open again')
    .action(async (word: string, lines: string[], options: ResolveOptions) =>
      done(await (await import('./resolve.ts')).resolve(word, lines, options)),
    );

  withConfig(
    verb(
      'retry',
      'Has reports that the register rejected sent again, unchanged, because the reason lay elsewhere.',
      'luottoputki retry NEWLOANS_20260103.csv 17 23 --why "the register’s fault of 20 May is mended"\n  luottoputki retry NEWLOANS_20260103.csv',
    ),
  )
    .argument('<export or loan>', `the export: ${exportWords}; or the number of a loan`)
    .argument(
      '[line...]',
      'lines of the export on which a row of the report stands; all that was rejected when none is said',
    )
    .option('--why <text>', 'the reason, kept with the rows')
    .action(async (word: string, lines: string[], options: RetryOptions) =>
      done(await (await import('./retry.ts')).retry(word, lines, options)),
    );

  withConfig(
    verb(
      'reconcile',
      'Asks the register (GetLoan) what it holds of loans, and tells where that is not what the ledger or the core system knows, with proposed corrections. Status 1: something differs.',
      'luottoputki reconcile --sample 200\n  luottoputki reconcile --since 2026-05-20 --until 2026-06-10\n  luottoputki reconcile 0000012345\n  luottoputki reconcile --stock STOCK_20260131.csv --mapping new-loans',
    ),
  )
    .argument('[loan...]', 'numbers of loans; all that the register has accepted something about when none is said')
    .addOption(new Option('--sample <n>', 'n loans drawn by lot').argParser(wholeNumber))
    .option('--since <time>', 'only loans of which a report was under way then or later: a day, or 2026-05-20T07:00')
    .option('--until <time>', 'only those of which one was under way then or before; a day counts whole')
    .option('--stock <file>', 'compare a full export of the core system, and tell which loans it lacks')
    .option('--mapping <name>', 'the mapping for the stock export, whatever the file is called')
    .addOption(
      new Option('--per-minute <n>', 'questions in a minute; as many as batches when not said').argParser(wholeNumber),
    )
    .option('--anew', 'begin again, though an interrupted comparison could go on')
    .action(async (loans: string[], options: ReconcileOptions) =>
      done(await (await import('./reconcile.ts')).reconcile(loans, options)),
    );

  withConfig(
    verb(
      'verify',
      'Recomputes all that is kept as evidence: chain, archive, receipts. Names the first thing that was changed: status 1.',
      'luottoputki verify NEWLOANS_20260103.csv',
    ),
  )
    .argument('[export]', `only this export: ${exportWords}`)
    .action(async (word: string | undefined, options: { config: string }) =>
      done(await (await import('./verify.ts')).verify(word, options)),
    );

  addCertificate(verb, withConfig, done);

  withConfig(
    verb(
      'loan',
      'Asks the register what it holds of one loan (GetLoan), and prints the answer: personal data in clear. Nothing is kept.',
      'luottoputki loan 0000012345\n  luottoputki loan FI2112345600000785 --type Iban --json',
    ),
  )
    .argument('<number>', 'the number of the loan, as it was reported')
    .option('--type <type>', 'which kind of number it is: Other, Iban or Bban', 'Other')
    .option('--json', 'the answer as it came')
    .action(async (number: string, options: { config: string; type: string; json?: boolean }) =>
      done(await (await import('./loan.ts')).loan(number, options)),
    );

  withConfig(
    verb(
      'extract',
      'Asks for the credit register extract of one person, with the data-use certificate, into a file of yours. The identity code is read from stdin or a file. Nothing is kept.',
      'luottoputki extract --purpose NewLoan --from code.txt --out extract.html\n  luottoputki extract --purpose NewLoan --json < code.txt > extract.json',
    ),
  )
    .requiredOption(
      '--purpose <purpose...>',
      'what it is asked for, such as NewLoan; your data permission must cover it',
    )
    .option('--from <file>', 'a file with the identity code, instead of stdin')
    .option(
      '--out <file>',
      'the file for the extract, which only you can read: a page when it ends in .html, else JSON',
    )
    .option('--force', 'replace the file that is there')
    .option('--json', 'the answer as it came, to stdout instead of a file')
    .action(async (options: ExtractOptions) => done(await (await import('./extract.ts')).extract(options)));

  withConfig(
    verb('sandbox', 'Runs the stand-in register by hand.', 'luottoputki sandbox --port 8443 --faults faults.yaml'),
  )
    .addOption(new Option('--port <n>', 'the port; 0 for a free one').default(0).argParser(wholeNumber))
    .option('--faults <file>', 'a YAML list of faults the sandbox is to make')
    .action(async (options: { config: string; port: number; faults?: string }) =>
      done(await (await import('./sandbox.ts')).sandbox(options)),
    );
  return program;
}

type Verb = (name: string, description: string, example: string) => Command;

/** `certificate` has verbs of its own. */
function addCertificate(verb: Verb, withConfig: (command: Command) => Command, done: (status: number) => void): void {
  const certificate = verb(
    'certificate',
    'Shows the certificates; makes the key and the request for a new one; fetches and renews it.',
    'luottoputki certificate show',
  );
  const under = (name: string, description: string, example: string) =>
    withConfig(certificate.command(name).description(description).addHelpText('after', `\nExample:\n  ${example}`));
  const kind = () => new Option('--kind <kind>', 'which one').choices(['reporting', 'dataUse']).makeOptionMandatory();
  const inferred =
    'How the Tax Administration’s certificate service is spoken to is inferred from its other registers: see docs/certificates.md.';

  under('show', 'Tells whose the certificates are, and how long they are valid.', 'luottoputki certificate show --json')
    .option('--json', 'as JSON')
    .action(async (options: { config: string; json?: boolean }) =>
      done(await (await import('./certificate-show.ts')).certificateShow(options)),
    );
  under(
    'request',
    'Makes a key and a request (PKCS#10) for a certificate. Never overwrites a key, sends nothing.',
    'luottoputki certificate request --kind reporting',
  )
    .addOption(kind())
    .action(async (options: import('./certificate.ts').CertificateOptions) =>
      done(await (await import('./certificate.ts')).certificateRequest(options)),
    );
  under(
    'fetch',
    `Has the request signed by the certificate service, and puts the certificate in place. ${inferred}`,
    'luottoputki certificate fetch --kind reporting --transfer-id 1234 --transfer-password-file password.txt',
  )
    .addOption(kind())
    .option('--transfer-id <id>', 'from the retrieval data')
    .option('--transfer-password-file <file>', 'a file with the one-use password of the retrieval data')
    .action(async (options: import('./certificate.ts').FetchOptions) =>
      done(await (await import('./certificate.ts')).certificateFetch(options)),
    );
  under(
    'renew',
    `Renews a certificate in its last 60 days: new key, request signed with the old one; the old files are kept. ${inferred}`,
    'luottoputki certificate renew --kind reporting',
  )
    .addOption(kind())
    .action(async (options: import('./certificate.ts').CertificateOptions) =>
      done(await (await import('./certificate.ts')).certificateRenew(options)),
    );
}

/** Reads the command line and runs its verb; usage errors end with 2. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let status = 0;
  const program = buildProgram((given) => {
    status = given;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return status;
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new InvalidArgumentError('expected a duration such as 30s, 15m or 2h');
  return ms;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}
