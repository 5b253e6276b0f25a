import type { YAMLError } from 'yaml';

type Words = { message: string; at: number };

/** Errors that say nothing about what stands after them; after any other, the parser guesses, and its next words would mislead. */
const harmless: readonly string[] = ['DUPLICATE_KEY', 'BAD_DQ_ESCAPE', 'BAD_SCALAR_START'];

/** True when the text after an error cannot be trusted to be read as it was meant. */
export const derails = ({ code }: YAMLError): boolean => !harmless.includes(code);

/**
 * Says what the YAML parser found in words for people who write mappings, not parsers.
 * @param opened where the innermost quote or bracket begins that stands before a place
 */
export function sayYamlError(error: YAMLError, text: string, opened: (before: number) => number): Words {
  const [at] = error.pos;
  const here = (message: string): Words => ({ message, at });
  const line = text.slice(at).split('\n', 1)[0] ?? '';
  const { code, message } = error;
  switch (code) {
    case 'DUPLICATE_KEY':
      return here(`${keyAt(line)} stands here twice; only one of them could count`);
    case 'TAB_AS_INDENT':
      return here('a tab stands at the beginning of the line; indent with blanks');
    case 'BLOCK_AS_IMPLICIT_KEY':
      return here(
        `two colons in one line: if ${shortened(line)} is a text, put the text in quotes; if it is a key, begin a new line`,
      );
    case 'BLOCK_IN_FLOW':
    case 'KEY_OVER_1024_CHARS':
      return here('a comma or a closing bracket is missing, or a text with a colon in it is not in quotes');
    case 'MULTILINE_IMPLICIT_KEY':
      return here(sayNoKey(line));
    case 'BAD_DQ_ESCAPE':
      return here(
        `${line.slice(0, 2)} means nothing in double quotes; put the text in single quotes, where a backslash is just itself`,
      );
    case 'BAD_SCALAR_START':
      return here(`a text may not begin with ${line.slice(0, 1)}; put it in quotes`);
    case 'MULTIPLE_DOCS':
      return here('a line of three dashes begins a second document; there may be one in a file');
    case 'RESOURCE_EXHAUSTION':
      return here('too many things inside one another');
    case 'BAD_INDENT':
    case 'MISSING_CHAR':
    case 'UNEXPECTED_TOKEN':
      return sayBroken(message, text, at, opened);
    default:
      return here(`this is not YAML as a mapping may use it (${firstLine(message)})`);
  }
}

function sayBroken(message: string, text: string, at: number, opened: (before: number) => number): Words {
  const here = (words: string): Words => ({ message: words, at });
  const [, closing] = /and end with a ([}\]])/.exec(message) ?? [];
  if (closing !== undefined) {
    const opening = closing === '}' ? '{' : '[';
    return {
      message: `${opening} is opened here and never closed, or its lines do not stand further in than its key; expected ${closing}`,
      at: opened(at),
    };
  }
  if (/^Missing closing/.test(message)) return { message: 'a quote is opened here and never closed', at: opened(at) };
  if (/same column|Sequence item without/.test(message)) {
    const blanks = /^ */.exec(text.slice(at))?.[0].length ?? 0;
    return {
      message: 'this line does not line up: the keys of one part, and the dashes of one list, begin in the same column',
      at: at + blanks,
    };
  }
  if (/^Missing (, or : )?between|^Missing , /.test(message))
    return here('a comma is missing before this, or a text is not in quotes as a whole');
  if (/^Missing space after/.test(message)) return here('a blank must follow the colon');
  if (/^Unexpected (,|empty item)/.test(message)) return here('a comma too many');
  if (/^Comments must/.test(message)) return here('a blank must stand before #, or put the text in quotes');
  if (/^Implicit map keys/.test(message)) return here(sayNoKey(text.slice(at).split('\n', 1)[0] ?? ''));
  return here(
    'this does not fit what stands above it; look at how far it stands in, and at the dashes, quotes and brackets before it',
  );
}

function sayNoKey(line: string): string {
  const [, key, rest] = /^([\w.-]+):(\S.*)$/.exec(line) ?? [];
  if (key !== undefined) return `a blank must follow the colon: ${key}: ${shortened(rest ?? '')}`;
  return `${shortened(line)} is no key with a colon; a text that goes on over several lines must stand further in than its key`;
}

const keyAt = (line: string) => /^"[^"]*"|^'[^']*'|^[^:]*/.exec(line)?.[0].trim() ?? '';
const shortened = (line: string) => (line.length > 40 ? `${line.slice(0, 40).trimEnd()}…` : line.trimEnd());
const firstLine = (text: string) => (text.split('\n')[0] ?? text).replace(/ at line \d+, column \d+:?$/, '');
