import type { Field } from '../../contract/field-table.ts';
import { type CodeList, type DatedCode, sayDays } from '../files/code-list.ts';
import { inPart } from '../files/mapping-file.ts';
import { constFault } from './const-value.ts';
import { Fault } from './fault.ts';
import type { Moment } from './moment.ts';
import type { Scope } from './scope.ts';

type Value = string | number | boolean;

/** Longer lists are not written out in a finding. */
const mostNamed = 20;
/** Problems told of one list: a wrong column would make one of every row. */
const mostFaults = 20;

/** Compiles a code list of a file for one field: the text of a cell becomes the value valid on the day of the export. */
export function compileCodeList(
  list: CodeList,
  field: Field,
  scope: Scope,
): (text: string, moment: Moment) => Value | Fault {
  const periods = new Map<string, { days: DatedCode; value: Value }[]>();
  let faults = 0;
  for (const days of list.codes) {
    const value = valueFor(field, days.value);
    const fault = constFault(field, value);
    if (fault && faults++ < mostFaults)
      scope.tell(inPart(list.file, days.line), 'CODE_VALUE', `"${days.value}" for ${field.path}: ${fault}`);
    const known = periods.get(days.code);
    if (known) known.push({ days, value });
    else periods.set(days.code, [{ days, value }]);
  }
  const codes = [...periods.keys()];
  const expected =
    codes.length <= mostNamed ? `one of ${codes.join(', ')}` : `one of the ${codes.length} codes of ${list.file}`;
  return (text, { today }) => {
    const known = periods.get(text);
    if (!known) return new Fault('CODE_UNKNOWN', expected);
    const valid = known.find(({ days }) => (days.from ?? today) <= today && today <= (days.to ?? today));
    if (valid) return valid.value;
    const when = known.map(({ days }) => sayDays(days)).join(', ');
    return new Fault('CODE_NOT_VALID', `a code valid on ${today}; this one is valid ${when}`);
  };
}

/** A cell of the list as the kind of value its field takes; what does not fit stays text, and is found wrong. */
function valueFor({ kind }: Field, text: string): Value {
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (kind !== 'integer' && kind !== 'decimal') return text;
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : text;
}
