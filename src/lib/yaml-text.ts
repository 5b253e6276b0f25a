import type { Problem } from './problem.ts';

/** Control characters but tab and line ends; NEL, a line end of old hosts, is one too. */
const controls = /(?![\t\n\r])\p{Cc}/u;

/**
 * Decodes the bytes of a YAML file, which must be UTF-8.
 * @param file the name shown in the problem
 * @returns the text, or why there is none
 */
export function yamlText(bytes: Uint8Array, file: string): { text: string } | { problem: Problem } {
  const problem = (line: number, col: number, code: string, message: string): { problem: Problem } => ({
    problem: { file, line, col, code, message, severity: 'error' },
  });
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return problem(1, 1, 'YAML_ENCODING', 'the file is written in UTF-16; save it as UTF-8');
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (text.includes('\uFFFD') && !isUtf8(bytes)) {
    const { line, col } = firstPlace(text, /\uFFFD/);
    return problem(
      line,
      col,
      'YAML_ENCODING',
      'a letter here is not UTF-8 (is the file saved as Windows-1252?); save it as UTF-8',
    );
  }
  if (controls.test(text)) {
    const { line, col } = firstPlace(text, controls);
    return problem(
      line,
      col,
      'YAML_CONTROL',
      'a character here cannot be seen; take it out, or write it as "\\u0000" with its own number',
    );
  }
  return { text };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function firstPlace(text: string, what: RegExp): { line: number; col: number } {
  const before = text.slice(0, text.search(what)).split('\n');
  return { line: before.length, col: (before.at(-1)?.length ?? 0) + 1 };
}
