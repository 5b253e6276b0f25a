import { type AnswerMember, exactJson, membersBelow } from './answer-members.ts';

/** A known part of an extract by its name of ours, with its value as text. */
type ExtractPart<Name extends string> = { name: Name; text: string };

const banNames = ['isInEffect', 'reason'] as const;
const summaryNames = ['lendersCount', 'loanContractsCount', 'guaranteedLoanContractsCount'] as const;
const sumNames = ['repaymentsPaidLastAmount', 'sumOfMonthlyLeasingInstalments'] as const;
const incomeNames = ['wagesGrossAmount', 'wagesNetAmount', 'benefitsGrossAmount', 'benefitsNetAmount'] as const;
const personNames = ['idCodeType', 'idCode'] as const;

export type PersonName = (typeof personNames)[number];
export type BanName = (typeof banNames)[number];
export type SummaryName = (typeof summaryNames)[number];
export type SumName = (typeof sumNames)[number];
export type IncomeName = (typeof incomeNames)[number];

/** What of a loan is told in every extract beside each other; everything else of it stands in `more`, as it came. */
type ExtractLoan = {
  loanType: string | null;
  contractDate: string | null;
  currencyCode: string | null;
  /** Granted, the limit, or the price. */
  amount: string | null;
  balance: string | null;
  collateral: readonly string[];
  /** Instalments that are late, with their due days. */
  delayed: readonly { instalment: string | null; dueDate: string | null }[];
  isForeclosed: string | null;
  more: readonly AnswerMember[];
};

/** A credit register extract as it is read: what is known by name, and all the rest as it came. Numbers are as they were written. */
export type CreditExtract = {
  reference: string | null;
  createdAt: string | null;
  /** The day of death, when the extract names one. */
  deceased: string | null;
  person: readonly ExtractPart<PersonName>[];
  ban: readonly ExtractPart<BanName>[];
  summary: readonly ExtractPart<SummaryName>[];
  sums: readonly { name: SumName; currency: string | null; sum: string | null }[];
  loans: readonly ExtractLoan[];
  income: readonly {
    year: string | null;
    month: string | null;
    amounts: Readonly<Partial<Record<IncomeName, string>>>;
  }[];
  rest: readonly AnswerMember[];
};

/**
 * Reads an extract in either of the forms that sources know (register-contract.md section 8): sums at its root or in the
 * summary, `collateralType` or `collateralTypes`, `delayedInstalment` or `delayedAmount`, `personRequested` or
 * `requestedPerson`, days or date-times, keys in any case. Nothing of it is lost: what has no place of its own is in `rest`, or
 * in `more` of its loan.
 * @returns undefined when the answer has no extract
 */
export function readExtract(text: string): CreditExtract | undefined {
  const all = new Reading();
  const answer = all.open(exactJson(text), '');
  const extract = answer?.part('creditRegisterExtract') ?? answer;
  if (!extract) return undefined;
  const person = extract.part('personRequested', 'requestedPerson');
  const summary = extract.part('creditInformationSummary');
  const loans = extract.list('loans');
  if (!person && !summary && !loans) return undefined;
  const read = {
    reference: extract.text('extractReference'),
    createdAt: extract.text('creationTimeUtc'),
    deceased: day(extract.part('deceasedPerson')?.text('dateOfDeath')),
    person: named(person, personNames),
    ban: named(extract.part('voluntaryBanOnCredits'), banNames),
    summary: named(summary, summaryNames),
    sums: sumNames.flatMap((name) =>
      (extract.parts(name) ?? summary?.parts(name) ?? []).map((sum) => ({
        name,
        currency: sum.text('currencyCode'),
        sum: sum.text('sum'),
      })),
    ),
    loans: (loans ?? []).map(readLoan),
    income: (extract.parts('incomeData') ?? []).flatMap(readYear),
  };
  return { ...read, rest: all.rest() };
}

function readLoan(value: unknown): ExtractLoan {
  const all = new Reading();
  const loan = all.open(value, '');
  const details = ['lumpSumLoan', 'runningAccountLoan', 'leasingContract'].flatMap((kind) => loan?.part(kind) ?? []);
  const first = (...names: string[]) =>
    details.map((part) => part.text(...names)).find((found) => found !== null) ?? null;
  const read = {
    loanType: loan?.text('loanType') ?? null,
    contractDate: day(loan?.text('contractDate')),
    currencyCode: loan?.text('currencyCode') ?? null,
    amount: first('amountIssued', 'creditLimit', 'transactionPrice'),
    balance: first('balance'),
    collateral: (loan?.list('collateralType', 'collateralTypes') ?? []).map(
      (each) => scalar(each) ?? JSON.stringify(each),
    ),
    delayed: (loan?.parts('delayedAmounts') ?? []).map((delayed) => ({
      instalment: delayed.text('delayedInstalment', 'delayedAmount'),
      dueDate: day(delayed.text('originalDueDate')),
    })),
    isForeclosed: loan?.text('isForeclosed') ?? null,
  };
  return { ...read, more: loan ? all.rest() : membersBelow(value, 'loan') };
}

function readYear(year: Part): CreditExtract['income'] {
  const name = year.text('year');
  return (year.parts('months') ?? []).map((month) => ({
    year: name,
    month: month.text('month'),
    amounts: Object.fromEntries(named(month, incomeNames).map((income) => [income.name, income.text])),
  }));
}

function named<Name extends string>(part: Part | undefined, names: readonly Name[]): ExtractPart<Name>[] {
  return names.flatMap((name) => {
    const text = part?.text(name) ?? null;
    return text === null ? [] : [{ name, text }];
  });
}

/** A date-time of a whole day is that day; any other text is as it came. */
const day = (text: string | null | undefined) => text?.replace(/^(\d{4}-\d\d-\d\d)T00:00:00(\.0+)?Z?$/, '$1') ?? null;

function scalar(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of an answer that were opened, so that what was not taken out of any of them can be told. */
class Reading {
  readonly #parts: Part[] = [];

  open(value: unknown, path: string): Part | undefined {
    if (!isObject(value)) return undefined;
    const part = new Part(value, path, this);
    this.#parts.push(part);
    return part;
  }

  rest(): AnswerMember[] {
    return this.#parts.flatMap((part) => part.rest());
  }
}

/** An object of an answer. A member is taken by any of its names, in any case, and only in the form it is asked for in. */
class Part {
  readonly #left: Map<string, unknown>;
  readonly #path: string;
  readonly #reading: Reading;

  constructor(value: object, path: string, reading: Reading) {
    this.#left = new Map(Object.entries(value));
    this.#path = path;
    this.#reading = reading;
  }

  text(...names: string[]): string | null {
    const found = this.#take(names, (value) => value === null || scalar(value) !== null);
    return found ? scalar(found.value) : null;
  }

  list(...names: string[]): unknown[] | undefined {
    const found = this.#take(names, Array.isArray);
    return found?.value as unknown[] | undefined;
  }

  part(...names: string[]): Part | undefined {
    const found = this.#take(names, isObject);
    return found && this.#reading.open(found.value, found.path);
  }

  /** A list of objects. */
  parts(...names: string[]): Part[] | undefined {
    const found = this.#take(names, (value) => Array.isArray(value) && value.every(isObject));
    return (found?.value as object[] | undefined)?.flatMap(
      (each, at) => this.#reading.open(each, `${found?.path}[${at + 1}]`) ?? [],
    );
  }

  rest(): AnswerMember[] {
    return [...this.#left].flatMap(([key, value]) => membersBelow(value, this.#pathOf(key)));
  }

  #take(names: readonly string[], fits: (value: unknown) => boolean): { value: unknown; path: string } | undefined {
    const wanted = names.map((name) => name.toLowerCase());
    const key = [...this.#left.keys()].find((each) => wanted.includes(each.toLowerCase()));
    const value = key === undefined ? undefined : this.#left.get(key);
    if (key === undefined || !fits(value)) return undefined;
    this.#left.delete(key);
    return { value, path: this.#pathOf(key) };
  }

  readonly #pathOf = (key: string) => (this.#path === '' ? key : `${this.#path}.${key}`);
}
