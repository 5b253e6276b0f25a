import type { Fault } from './fault.ts';

/** Where a number below zero has its sign: `-1,50`, `1,50-` or `(1,50)`. */
export type Sign = 'leading' | 'trailing' | 'brackets';

type Convert = (text: string) => number | Fault;

/** Brings the declared sign to the head, where `convert` expects it. A sign written in any other way fits nothing. */
export function unsigned(sign: Sign, convert: Convert): Convert {
  switch (sign) {
    case 'leading':
      return convert;
    case 'trailing':
      return (text) => convert(text.endsWith('-') ? `-${text.slice(0, -1)}` : misplaced(text));
    case 'brackets':
      return (text) => convert(text.startsWith('(') && text.endsWith(')') ? `-${text.slice(1, -1)}` : misplaced(text));
  }
}

/** A minus at the head, where none belongs, is made one that no number has. */
const misplaced = (text: string) => (text.startsWith('-') ? `-${text}` : text);

/** A number written out, and the same below zero where its sign does not stand at the head. */
export function exampleOf(number: string, sign: Sign): string {
  switch (sign) {
    case 'leading':
      return number;
    case 'trailing':
      return `${number}, or ${number}- below zero`;
    case 'brackets':
      return `${number}, or (${number}) below zero`;
  }
}
