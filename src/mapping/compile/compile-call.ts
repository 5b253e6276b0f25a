import { didYouMean } from '../../lib/suggest.ts';
import { namedFunction } from '../files/named-function.ts';
import type { Mapping } from '../mapping.ts';
import { Fault } from './fault.ts';
import type { Moment } from './moment.ts';
import type { Scope } from './scope.ts';

type Convert<T> = (text: string, moment: Moment) => T | Fault;

/** Sends the text of a cell through a function of the mapping before it is converted. */
export function compileCall<T>(
  name: string,
  convert: Convert<T>,
  scope: Scope,
  path: readonly PropertyKey[],
): Convert<T> {
  const { functions, functionTexts } = scope.mapping;
  if (!Object.hasOwn(functions, name)) {
    const names = Object.keys(functions);
    const hint = didYouMean(name, names) || (names.length > 0 ? `; known: ${names.join(', ')}` : '');
    scope.tell([...path, 'call'], 'UNKNOWN_FUNCTION', `no function ${name}${hint}`);
    return convert;
  }
  const made = Object.hasOwn(functionTexts, name) ? namedFunction(functionTexts[name] ?? '') : undefined;
  // A function that cannot be read is told where its file is.
  if (typeof made !== 'function') return convert;
  const fault = new Fault('FUNCTION', `a value that the function ${name} of the mapping can read`);
  return (text, moment) => {
    moment.called?.add(name);
    const answer = ask(made, text);
    return answer === undefined ? fault : convert(answer, moment);
  };
}

/** The text that a function of the mapping makes of another; undefined when it makes none. */
export function throughFunction({ functionTexts }: Mapping, name: string, text: string): string | undefined {
  const made = Object.hasOwn(functionTexts, name) ? namedFunction(functionTexts[name] ?? '') : undefined;
  return typeof made === 'function' ? ask(made, text) : undefined;
}

/** What a function throws may hold the cell: it is not looked at. */
function ask(made: (text: string) => unknown, text: string): string | undefined {
  try {
    const answer = made(text);
    return typeof answer === 'string' && answer !== '' ? answer : undefined;
  } catch {
    return undefined;
  }
}
