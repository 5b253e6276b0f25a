/** A mapping of payments that uses most of the language; `check` has nothing to say of it. */
export const sound = `mapping: payments
api: Repayments
takes: "PAY_*.csv"
csv:
  delimiter: ";"
  columns: { unknown: ignore, personal: [NIMI] }
formats:
  money: { type: decimal, decimal: ",", scale: 2 }
  day: { type: date, format: dd.MM.yyyy }
codes:
  loanKind: { "01": LumpSumLoan, "02": RunningAccountLoan }
records: { groupBy: REF, mayDiffer: [NIMI] }
skip:
  - { id: ZERO, when: { column: SALDO, is: "0" }, why: nothing happened }
fields:
  reportReference: { from: REF }
  reportType: { const: NewReport }
  loanNumber.type: { const: Other }
  loanNumber.number: { from: NO, shape: "[0-9]+" }
  loanType: { from: LAJI, codes: loanKind }
  lumpSumLoanRepayment:
    when: { field: loanType, is: LumpSumLoan }
    fields:
      balance: { from: SALDO, as: money }
      paymentDate: { from: PVM, as: day }
checks:
  - id: BALANCE
    require: { filled: lumpSumLoanRepayment.balance }
    say: a payment needs its balance
refuseFileWhen: { rejectedOver: 20% }
tests:
  - name: a payment
    today: 2026-05-04
    given: |
      REF;NO;LAJI;SALDO;PVM;NIMI
      r1;1;01;5,00;02.05.2026;Ek
    expect: [{ loanType: LumpSumLoan, lumpSumLoanRepayment: { balance: 5 } }]
`;

/**
 * What a hand can do to it: what, the text that is there, the text that comes in its place, the code that must be told, and
 * words of its message. `»` marks the place that must be pointed at; without it the code says line and column.
 */
export type Broken = readonly [what: string, from: string, to: string, code: string, words: string];

const keys: Broken[] = [
  ['an unknown key at the top', 'takes:', '»delimeter: x\ntakes:', 'UNKNOWN_KEY', 'unknown key delimeter'],
  ['a mistyped key at the top', 'takes:', '»take:', 'UNKNOWN_KEY', 'did you mean takes?'],
  ['a mistyped key of csv', 'delimiter:', '»delimeter:', 'UNKNOWN_KEY', 'did you mean delimiter?'],
  ['a mistyped key of csv.columns', 'personal:', '»persnal:', 'UNKNOWN_KEY', 'did you mean personal?'],
  ['a mistyped key of a format', 'scale:', '»scal:', 'UNKNOWN_KEY', 'did you mean scale?'],
  ['a mistyped key of records', 'mayDiffer:', '»maydifer:', 'UNKNOWN_KEY', 'did you mean mayDiffer?'],
  ['a mistyped key of a skip rule', 'why:', '»wyh:', 'UNKNOWN_KEY', 'did you mean why?'],
  ['a mistyped key of a field', 'shape:', '»shpe:', 'UNKNOWN_KEY', 'did you mean shape?'],
  ['a mistyped key of a condition', 'field: loanType, is:', 'field: loanType, »iz:', 'UNKNOWN_KEY', 'did you mean is?'],
  ['a mistyped key of a check', 'say:', '»sya:', 'UNKNOWN_KEY', 'did you mean say?'],
  ['a mistyped demand of a check', 'filled:', '»filed:', 'UNKNOWN_KEY', 'did you mean filled?'],
  ['a mistyped key of a test', 'given:', '»givn:', 'UNKNOWN_KEY', 'did you mean given?'],
  ['a key in the wrong case', 'refuseFileWhen:', '»refusefilewhen:', 'UNKNOWN_KEY', 'did you mean refuseFileWhen?'],
  ['a missing name', 'mapping: payments\n', '', '1:1 WRONG_VALUE', 'mapping: is missing'],
  ['a missing api', 'api: Repayments\n', '', '1:1 WRONG_VALUE', 'api: is missing'],
  ['a missing takes', 'takes: "PAY_*.csv"\n', '', '1:1 WRONG_VALUE', 'takes: is missing'],
  ['an api that does not exist', 'Repayments', '»Repayment', 'WRONG_VALUE', 'did you mean Repayments?'],
  ['a name with blanks', 'mapping: payments', 'mapping: »my payments', 'WRONG_VALUE', 'a name of letters and digits'],
  ['a format without its type', 'type: decimal, ', '', '8:10 WRONG_VALUE', 'formats.money.type: is missing'],
  ['a type of format that does not exist', 'type: date,', 'type: »dat,', 'WRONG_VALUE', 'did you mean date?'],
  ['a skip rule without a reason', ', why: nothing happened', '', '14:5 WRONG_VALUE', 'why: is missing'],
  ['a rule with a small id', 'id: ZERO', 'id: »zero', 'WRONG_VALUE', 'an id in capitals'],
  [
    'a list where a map belongs',
    'columns: { unknown: ignore, personal: [NIMI] }',
    'columns: »[NIMI]',
    'WRONG_VALUE',
    'expected keys and values',
  ],
  ['text where a list belongs', 'personal: [NIMI]', 'personal: »NIMI', 'WRONG_VALUE', 'expected a list such as [NIMI]'],
  ['text where a field belongs', '{ from: REF }', '»REF', 'WRONG_VALUE', 'such as { from: COLUMN }'],
  ['a field with nothing behind it', ' { from: REF }', '', '16:19 WRONG_VALUE', 'such as { from: COLUMN }'],
  [
    'fields with nothing behind them',
    `fields:
  reportReference`,
    `x:
  reportReference`,
    '1:1 WRONG_VALUE',
    'fields: is missing',
  ],
  ['a number where text belongs', 'from: REF', 'from: »12', 'WRONG_VALUE', 'write "12"'],
  ['a delimiter of two characters', '";"', '»";;"', 'WRONG_VALUE', 'one character'],
  ['a share above a hundred', '20%', '»150%', 'WRONG_VALUE', 'at most 100%'],
  ['a share that is a number', '20%', '»0.2', 'WRONG_VALUE', 'a share such as 20%'],
];

const fields: Broken[] = [
  ['a field that the report does not have', 'loanType: {', '»loanTipe: {', 'UNKNOWN_FIELD', 'did you mean loanType?'],
  [
    'a part that the report does not have',
    'loanNumber.type',
    '»loanNumer.type',
    'UNKNOWN_FIELD',
    'did you mean loanNumber?',
  ],
  [
    'a field of a part that it does not have',
    'paymentDate:',
    '»paimentDate:',
    'UNKNOWN_FIELD',
    'did you mean paymentDate?',
  ],
  ['a field in snake case', 'loanType: {', '»loan_type: {', 'WRONG_VALUE', 'camelCase'],
  [
    'a needed field without a line',
    '  loanNumber.number: { from: NO, shape: "[0-9]+" }\n',
    '',
    '18:20 FIELD_MISSING',
    'loanNumber.number is not mapped',
  ],
  [
    'a list where the report has a value',
    '{ const: Other }',
    '»{ each: rows, fields: {} }',
    'FIELD_KIND',
    'not a list',
  ],
  [
    'a column where the report has parts',
    'lumpSumLoanRepayment:\n',
    'runningAccountLoanRepayment: »{ from: SALDO }\n  lumpSumLoanRepayment:\n',
    'FIELD_KIND',
    'has parts: ',
  ],
  ['a plain cell for an amount', ', as: money', '', '24:16 FIELD_KIND', 'for example as: money'],
  ['a day for an amount', 'as: money', 'as: day', '24:16 FIELD_KIND', 'is a decimal, but as: day is a day'],
  ['a format that does not exist', 'as: money', 'as: »mony', 'UNKNOWN_FORMAT', 'did you mean money?'],
  [
    'a code list that does not exist',
    'codes: loanKind }',
    'codes: »loanKinds }',
    'UNKNOWN_CODES',
    'did you mean loanKind?',
  ],
  [
    'a code for a value the register does not know',
    '"02": RunningAccountLoan',
    '"02": »RuningAccountLoan',
    'CODE_VALUE',
    'did you mean RunningAccountLoan?',
  ],
  ['a constant the register does not know', 'const: Other', 'const: »Othr', 'CONST', 'did you mean Other?'],
  ['a constant of another kind', 'const: Other', 'const: »7', 'CONST', 'expected text, in quotes'],
  ['no source', '{ from: NO', '{ »form: NO', 'FIELD_SOURCE', 'did you mean from?'],
  ['two sources', '{ from: NO,', '{ »from: NO, const: x,', 'FIELD_SOURCE', 'from and const at once'],
  [
    'a case without an else',
    '{ const: Other }',
    '{ case: [{ when: { column: NO, filled: true }, const: Other }] }',
    '18:20 WRONG_VALUE',
    'a case needs its else',
  ],
  ['a case without conditions', '{ const: Other }', '{ case: »[], else: unmapped }', 'WRONG_VALUE', 'at least one'],
  ['a prefix on an amount', 'as: money', 'as: money, prefix: "1"', '24:16 AFFIX', 'with text only'],
  ['a default of another kind', 'as: money', 'as: money, default: »"0,00"', 'CONST', 'expected a number'],
  ['a pattern with look-around', '"[0-9]+"', '»"(?=1)[0-9]+"', 'PATTERN', 'no look-around'],
  ['a pattern that is not closed', '"[0-9]+"', '»"[0-9+"', 'PATTERN', 'not a pattern'],
  [
    'a condition on a field that does not exist',
    'field: loanType',
    'field: »loanTyp',
    'UNKNOWN_FIELD',
    'did you mean loanType?',
  ],
  [
    'a condition on a field that nothing builds',
    'field: loanType, is: LumpSumLoan',
    'field: »reportCreationTimeUtc, filled: true',
    'FIELD_NEVER_BUILT',
    'reportCreationTimeUtc is mapped by no line',
  ],
  [
    'a condition on the very field',
    'loanType: { from: LAJI,',
    'loanType: »{ when: { field: loanType, filled: true }, from: LAJI,',
    'CONDITION',
    'looks at itself',
  ],
  [
    'conditions in a circle',
    '  reportReference: { from: REF }\n  reportType: { const: NewReport }',
    `  reportReference: »{ from: REF, when: { field: reportType, filled: true } }
  reportType: { const: NewReport, when: { field: reportReference, filled: true } }`,
    'CONDITION',
    'in a circle: reportReference, reportType',
  ],
  [
    'a condition on column and field at once',
    '{ field: loanType,',
    '»{ field: loanType, column: LAJI,',
    'CONDITION',
    'not both',
  ],
  [
    'a condition that asks nothing',
    'field: loanType, is: LumpSumLoan',
    'field: loanType',
    '22:11 CONDITION',
    'say what is asked',
  ],
  [
    'an order on text',
    'column: SALDO, is: "0"',
    'column: SALDO, lessThan: 1',
    '14:23 CONDITION',
    'say how column SALDO is written',
  ],
];

const unquoted: Broken[] = [
  ['a code with a leading zero', '"01": L', '»01: L', 'CODE_UNQUOTED', '"01"'],
  ['a code that looks like a power', '"01": L', '»1e3: L', 'CODE_UNQUOTED', 'would read it as 1000'],
  ['a code that looks like a hexadecimal number', '"01": L', '»0x1F: L', 'CODE_UNQUOTED', 'would read it as 31'],
  ['a code that looks like an octal number', '"01": L', '»0o17: L', 'CODE_UNQUOTED', 'would read it as 15'],
  ['a code that looks like no', '"01": L', '»NO: L', 'CODE_UNQUOTED', '"NO"'],
  ['a code that looks like yes', '"01": L', '»yes: L', 'CODE_UNQUOTED', '"yes"'],
  ['a code that looks like a time', '"01": L', '»12:30: L', 'CODE_UNQUOTED', '"12:30"'],
  ['a code that looks like a day', '"01": L', '»2026-01-01: L', 'CODE_UNQUOTED', '"2026-01-01"'],
  ['a code that looks like nothing', '"01": L', '»~: L', 'CODE_UNQUOTED', '"~"'],
  ['a number with a leading zero in a condition', 'is: "0"', 'is: »010', 'CODE_UNQUOTED', 'write "010"'],
  ['such numbers in a list of a condition', 'is: "0"', 'in: ["0", »1.50]', 'CODE_UNQUOTED', 'write "1.50"'],
  ['a number as an empty word', 'delimiter: ";"', 'emptyAs: [»0]', 'WRONG_VALUE', 'write "0"'],
  ['yes for true', '{ const: Other }', '{ const: »yes }', 'CONST', 'expected one of'],
  [
    'a number as a cell of a test',
    'today: 2026-05-04\n',
    'like: a\n    with: { NO: »010 }\n',
    'WRONG_VALUE',
    'write "010"',
  ],
  ['nothing where a word is wanted', 'is: "0"', 'is: »null', 'WRONG_VALUE', 'expected text, a number'],
];

const yaml: Broken[] = [
  [
    'a key twice',
    '  loanType: {',
    '  »reportType: { const: NewReport }\n  loanType: {',
    'YAML_KEY_TWICE',
    'reportType stands here twice',
  ],
  ['a key twice at the top', 'takes:', '»api: Repayments\ntakes:', 'YAML_KEY_TWICE', 'api stands here twice'],
  ['a code twice', '"02": R', '»"01": R', 'YAML_KEY_TWICE', '"01" stands here twice'],
  [
    'an alias',
    'mapping: payments\napi: Repayments',
    'mapping: &name payments\napi: »*name',
    'YAML_ALIAS',
    'write the value out',
  ],
  ['an anchor', 'mapping: payments', 'mapping: »&name payments', 'YAML_ANCHOR', 'not allowed'],
  ['an alias to nothing', 'mapping: payments', 'mapping: »*name', 'YAML_ALIAS', 'write the value out'],
  ['a merge key', 'reportType: { const: NewReport }', '»<<: { const: NewReport }', 'YAML_MERGE', 'merge keys'],
  ['a tag', 'mapping: payments', 'mapping: »!!str payments', 'YAML_TAG', 'write the value plainly'],
  [
    'a tag that runs code elsewhere',
    'mapping: payments',
    'mapping: »!!js/function "function(){}"',
    'YAML_TAG',
    'write the value plainly',
  ],
  ['a tab before a key', '  reportType:', '»\treportType:', 'YAML_SYNTAX', 'a tab'],
  ['a tab in a list', '  - name:', '»\t- name:', 'YAML_SYNTAX', 'a tab'],
  ['a second document', 'codes:', '»---\ncodes:', 'YAML_SYNTAX', 'a second document'],
  ['a colon in a plain text', 'why: nothing happened', 'why: nothing, »happened: at all', 'UNKNOWN_KEY', 'happened'],
  [
    'a colon in a plain text of its own line',
    'say: a payment',
    'say: »a payment: it',
    'YAML_SYNTAX',
    'put the text in quotes',
  ],
  ['a star that is not in quotes', '"PAY_*.csv"', '»*.csv', 'YAML_ALIAS', 'in quotes: "*.csv"'],
  ['a brace that is not in quotes', 'from: REF', 'from: »{n}', 'WRONG_VALUE', 'stands in quotes'],
  ['a percent sign at the beginning', 'mapping: payments', 'mapping: »%payments', 'YAML_SYNTAX', 'in quotes'],
  ['an at sign at the beginning', 'mapping: payments', 'mapping: »@payments', 'YAML_SYNTAX', 'in quotes'],
  ['a grave accent at the beginning', 'mapping: payments', 'mapping: »`payments', 'YAML_SYNTAX', 'in quotes'],
  ['a quote that is not closed', '"PAY_*.csv"', '»"PAY_*.csv', 'YAML_SYNTAX', 'never closed'],
  ['a bracket that is not closed', '[NIMI] }\nskip', '»[NIMI }\nskip', 'YAML_SYNTAX', ']'],
  ['a brace that is not closed', '{ const: Other }', '»{ const: Other', 'YAML_SYNTAX', 'never closed'],
  ['a comma that is missing', 'type: decimal, decimal', 'type: »decimal decimal', 'YAML_SYNTAX', ','],
  ['a comma too many', 'type: decimal, decimal', 'type: decimal,», decimal', 'YAML_SYNTAX', 'comma'],
  ['no blank after a colon', 'api: Repayments', '»api:Repayments', 'YAML_SYNTAX', 'a blank must follow the colon'],
  ['a line that stands too far in', '  reportType: {', '   »reportType: {', 'YAML_SYNTAX', 'line up'],
  ['a line that stands too far out', '  reportType: {', ' »reportType: {', 'YAML_SYNTAX', 'line up'],
  ['a backslash in double quotes', '"[0-9]+"', '"»\\d+"', 'YAML_SYNTAX', 'single quotes'],
  ['a list at the top', 'mapping: payments\n', '- mapping: payments\n»', 'YAML_SYNTAX', 'does not fit'],
  ['rows of a test that do not stand in', '      REF;NO', '»REF;NO', 'YAML_SYNTAX', 'stand further in'],
];

const tests: Broken[] = [
  [
    'a test that expects a field that is none',
    'expect: [{ loanType',
    'expect: [{ »loanTyp',
    'TEST_FAILED',
    'did you mean loanType?',
  ],
  [
    'a test that expects a part that is none',
    '{ balance: 5 } }]',
    '{ »balans: 5 } }]',
    'TEST_FAILED',
    'did you mean balance?',
  ],
  ['a test that expects another value', '{ balance: 5 } }]', '{ balance: »6 } }]', 'TEST_FAILED', 'expected 6, got 5'],
  [
    'a test that expects another number of reports',
    'expect: [{',
    'expect: »[{}, {',
    'TEST_FAILED',
    'expected 2 reports, got 1',
  ],
  [
    'a matcher that is none',
    '    expect: [',
    '    »expectFinding: []\n    expect: [',
    'UNKNOWN_KEY',
    'did you mean expectFindings?',
  ],
  [
    'a matcher of a finding that is none',
    '    expect: [',
    '    expectFindings: [{ code: DATE_FORMAT, »colum: PVM }]\n    expect: [',
    'UNKNOWN_KEY',
    'did you mean column?',
  ],
  [
    'a finding code that does not exist',
    '    expect: [',
    '    expectFindings: [{ code: »DATE_FORMT, line: 2 }]\n    expect: [',
    'TEST_FAILED',
    'did you mean DATE_FORMAT?',
  ],
  [
    'a finding that is not made',
    '    expect: [',
    '    expectFindings: [»{ code: DATE_FORMAT, line: 2 }]\n    expect: [',
    'TEST_FAILED',
    'found none',
  ],
  [
    'findings that are not all listed',
    'r1;1;01;5,00',
    '»r1;1;01;5.00',
    'TEST_FAILED',
    'unexpected finding DECIMAL_FORMAT',
  ],
  [
    'a test that proves nothing',
    '    expect: [{ loanType: LumpSumLoan, lumpSumLoanRepayment: { balance: 5 } }]\n',
    '',
    '32:5 WRONG_VALUE',
    'proves nothing',
  ],
  [
    'a test with neither rows nor like',
    `    given: |
      REF;NO;LAJI;SALDO;PVM;NIMI
      r1;1;01;5,00;02.05.2026;Ek
`,
    '',
    '32:5 WRONG_VALUE',
    'either given',
  ],
  [
    'a like that names nothing',
    'tests:',
    'tests:\n  - name: b\n    like: »a paiment\n    expect: []',
    'TEST_FAILED',
    'did you mean a payment?',
  ],
  ['a like that names itself', 'tests:', 'tests:\n  - name: b\n    like: »b\n    expect: []', 'TEST_FAILED', 'itself'],
  [
    'a like of a like',
    'tests:',
    'tests:\n  - { name: b, like: a payment, expect: [{}] }\n  - { name: c, like: »b, expect: [{}] }',
    'TEST_FAILED',
    'has no rows of its own',
  ],
  [
    'a cell of a column that is not there',
    'tests:',
    'tests:\n  - { name: b, like: a payment, with: { »SALD: "1" }, expect: [{}] }',
    'TEST_FAILED',
    'did you mean SALDO?',
  ],
  [
    'two tests of one name',
    'tests:',
    'tests:\n  - { name: a payment, like: a payment, expect: [{}] }',
    '33:11 TEST_TWICE',
    '"a payment" already',
  ],
  ['a day that is none', 'today: 2026-05-04', 'today: »2026-13-04', 'WRONG_VALUE', 'a day such as 2026-05-04'],
  [
    'rows without a column that is needed',
    'REF;NO;LAJI;SALDO;PVM;NIMI',
    '»REF;NO;LAJI;SALDO;PAIVA;NIMI',
    'TEST_FAILED',
    'COLUMN_MISSING',
  ],
  ['rows that are too short', 'r1;1;01;5,00;02.05.2026;Ek', '»r1;1;01;5,00;02.05.2026', 'TEST_FAILED', 'ROW_WIDTH'],
];

const rules: Broken[] = [
  [
    'one id for two checks',
    'checks:',
    'checks:\n  - { id: BALANCE, require: { filled: loanType } }',
    '28:9 ID_TWICE',
    'BALANCE',
  ],
  ['a check with the id of a skip rule', 'id: BALANCE', 'id: »ZERO', 'ID_TWICE', 'ZERO'],
  ['a check that demands nothing', '{ filled: lumpSumLoanRepayment.balance }', '»{}', 'CHECK', 'demands nothing'],
  [
    'a check of a field that does not exist',
    'filled: lumpSumLoanRepayment.balance',
    'filled: »lumpSumLoanRepayment.balanse',
    'UNKNOWN_FIELD',
    'did you mean lumpSumLoanRepayment.balance?',
  ],
  [
    'a check of a field that nothing builds',
    'filled: lumpSumLoanRepayment.balance',
    'filled: »reportCreationTimeUtc',
    'FIELD_NEVER_BUILT',
    'mapped by no line',
  ],
  [
    'a comparison of one thing',
    'filled: lumpSumLoanRepayment.balance',
    'atLeast: »[lumpSumLoanRepayment.balance]',
    'WRONG_VALUE',
    'two',
  ],
  ['a column that groups and may differ', 'mayDiffer: [NIMI]', 'mayDiffer: [»REF]', 'GROUP_DIFFERS', 'REF'],
  ['a file name with a folder', '"PAY_*.csv"', '»"inbox/PAY_*.csv"', 'TAKES', 'name of a file, without its folder'],
  ['a file name of Windows with a folder', '"PAY_*.csv"', `»'inbox\\\\PAY_*.csv'`, 'TAKES', 'without its folder'],
  ['an empty file name', '"PAY_*.csv"', '»""', 'WRONG_VALUE', 'is empty'],
  ['a format that contradicts itself', 'scale: 2', 'scale: 2, group: ","', '8:10 FORMAT', 'cannot part both'],
  ['a format of two years', 'dd.MM.yyyy', 'dd.MM.yy', '9:8 FORMAT', 'four digits'],
  ['a format with the name of a built-in one', '  day: {', '  »date: {', 'FORMAT_NAME', 'built in'],
];

const hostile: Broken[] = ['__proto__', 'constructor', 'prototype'].flatMap(
  (key) =>
    [
      [`${key} at the top`, 'takes:', `»${key}: { polluted: 1 }\ntakes:`, 'KEY_RESERVED', key],
      [`${key} in csv`, '  delimiter:', `  »${key}: { polluted: 1 }\n  delimiter:`, 'KEY_RESERVED', key],
      [
        `${key} as a format`,
        '  day: {',
        `  »${key}: { type: date, format: dd.MM.yyyy }\n  day: {`,
        'KEY_RESERVED',
        key,
      ],
      [`${key} as a code list`, '  loanKind:', `  »${key}: { "1": x }\n  loanKind:`, 'KEY_RESERVED', key],
      [`${key} as a field`, '  reportType:', `  »${key}: { const: NewReport }\n  reportType:`, 'KEY_RESERVED', key],
      [
        `${key} as part of a field`,
        '  reportType:',
        `  »loanNumber.${key}: { const: NewReport }\n  reportType:`,
        'KEY_RESERVED',
        key,
      ],
      [`${key} in a field`, 'const: NewReport', `const: NewReport, »${key}: { polluted: 1 }`, 'KEY_RESERVED', key],
      [`${key} in a part`, '      balance:', `      »${key}: { const: 1 }\n      balance:`, 'KEY_RESERVED', key],
      [`${key} in a condition`, 'is: "0"', `is: "0", »${key}: 1`, 'KEY_RESERVED', key],
      [`${key} in a test`, 'balance: 5', `»${key}: 5`, 'KEY_RESERVED', key],
    ] satisfies Broken[],
);

export const broken = [...keys, ...fields, ...unquoted, ...yaml, ...tests, ...rules, ...hostile];

/** A mapping of new loans with a list of columns with numbers, and one of rows. */
export const soundLoans = `mapping: loans
api: AddLoans
takes: "LOANS_*.csv"
csv: { columns: { personal: [NIMI] } }
records: { groupBy: NO, mayDiffer: [HETU] }
fields:
  reportReference: { from: NO }
  loanNumber.type: { const: Other }
  loanNumber.number: { from: NO }
  loanType: { const: LumpSumLoan }
  lenderMarketingName: { from: NIMI }
  borrowers:
    each: rows
    fields:
      idCodeType: { const: PersonalIdentityCode }
      idCode: { from: HETU }
  lumpSumLoan:
    fields:
      balance: { from: SALDO, as: decimal }
      defermentPeriods:
        each: columns
        numbered: 1..2
        presentWhen: "ALKU{n}"
        fields:
          startDate: { from: "ALKU{n}", as: date }
tests:
  - name: a loan
    given: |
      NO;HETU;NIMI;SALDO;ALKU1;ALKU2
      1;100190-999P;Somebody;5;2026-01-01;
    expect: [{ borrowers: [{ idCode: "100190-999P" }], lumpSumLoan: { defermentPeriods: [{}] } }]
`;

/** The same for lists. */
export const brokenLists: Broken[] = [
  ['slots that count backwards', 'numbered: 1..2', 'numbered: »4..1', 'EACH', 'the smaller number first'],
  ['slots that are no numbers', 'numbered: 1..2', 'numbered: »all', 'EACH', 'numbered: 1..4'],
  ['slots without numbers', '        numbered: 1..2\n', '', '21:9 EACH', 'numbered: 1..4'],
  ['slots without a condition', '        presentWhen: "ALKU{n}"\n', '', '21:9 EACH', 'presentWhen'],
  ['a number of slots for rows', 'each: rows', 'each: rows\n    »numbered: 1..2', 'EACH', 'go with each: columns'],
  ['a list of what is neither', 'each: rows', 'each: »row', 'WRONG_VALUE', 'did you mean rows?'],
  [
    'yes for true',
    'loanType: { const',
    'isLoanWithCollateral: { const: »yes }\n  loanType: { const',
    'CONST',
    'isLoanWithCollateral: expected true or false',
  ],
  [
    'a test of a column with names in it',
    'expect: [{ ',
    'expect: [{ lenderMarketingName: »Nobody, ',
    'TEST_FAILED',
    'lenderMarketingName: expected (6 characters, hidden), got (8 characters, hidden) (column NIMI)',
  ],
  ['a list without each', '    each: rows\n    fields:', '    »fields:', 'FIELD_KIND', 'each: rows or each: columns'],
  [
    'a field of a list that it does not have',
    '      idCode:',
    '      »idcode:',
    'UNKNOWN_FIELD',
    'did you mean idCode?',
  ],
  [
    'a needed field of a list without a line',
    '      idCode: { from: HETU }\n',
    '',
    '15:7 FIELD_MISSING',
    'idCode is not mapped',
  ],
  ['a test of a field of a list that is none', '[{ idCode:', '[{ »idkode:', 'TEST_FAILED', 'did you mean idCode?'],
  [
    'a test of a list of another length',
    'borrowers: [{',
    'borrowers: »[{}, {',
    'TEST_FAILED',
    'borrowers: expected 2 in the list, got 1',
  ],
  [
    'a test of another person',
    '"100190-999P" }]',
    '»"100190Y999P" }]',
    'TEST_FAILED',
    'borrowers[1].idCode: expected (11 characters, hidden), got (11 characters, hidden)',
  ],
];
