/**
 * The register's error codes that are known (register-contract.md section 3). Codes are reliable, the register's
 * texts are not: match on the code, never on the text.
 */
export type RegisterCode = {
  code: string;
  meaning: string;
  howToFix: string;
  /** `resend`: the same report goes again after `days`; nothing needs fixing. */
  remedy: 'fix' | 'resend' | 'ours';
  days?: number;
};

/** Every register code that is known. */
export const registerCodes: readonly RegisterCode[] = [
  {
    code: 'A10',
    meaning: 'The register could not read the message, or it does not follow the register’s schema.',
    howToFix:
      'Nothing in the export needs to change before the cause is known: keep the receipt and send it to whoever looks after luottoputki.',
    remedy: 'ours',
  },
  {
    code: 'C40',
    meaning: 'The form of an identity code is not valid.',
    howToFix: 'Correct the identity code in the core system and in to-fix.csv, and drop to-fix.csv into the inbox.',
    remedy: 'fix',
  },
  {
    code: 'D02',
    meaning: 'The amount drawn (amountPaid) is larger than the amount granted (amountIssued).',
    howToFix: 'Correct the amount drawn or the amount granted, and drop to-fix.csv into the inbox.',
    remedy: 'fix',
  },
  {
    code: 'D40',
    meaning: 'The lender’s country code is missing although its identifier is a foreign business ID.',
    howToFix: 'Add owner.countryCode to pipeline.config.yaml, then drop to-fix.csv into the inbox.',
    remedy: 'ours',
  },
  {
    code: 'E20',
    meaning: 'The register does not know the person yet and is asking the population register.',
    howToFix: 'Nothing to do: the report is sent again by itself after a week.',
    remedy: 'resend',
    days: 7,
  },
  {
    code: 'E21',
    meaning: 'The identity code is not in use (it may have been changed or withdrawn).',
    howToFix: 'Find out the person’s present identity code, correct it, and drop to-fix.csv into the inbox.',
    remedy: 'fix',
  },
];

/** Codes by themselves. */
export type CodeTable = ReadonlyMap<string, RegisterCode>;

/** The codes that are known without anything of the lender's own. */
export const ownCodes: CodeTable = new Map(registerCodes.map((entry) => [entry.code, entry]));

/**
 * What is known of a register code; an unknown code is shown as it came.
 * @param codes those of the contract
 */
export function registerCode(code: string, codes: CodeTable = ownCodes): RegisterCode {
  return (
    codes.get(code) ?? {
      code,
      meaning: `The register refused the report with code ${code}.`,
      howToFix: 'See the register’s own text beside the code; correct the row, and drop to-fix.csv into the inbox.',
      remedy: 'fix',
    }
  );
}
