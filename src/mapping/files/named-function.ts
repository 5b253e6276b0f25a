import { stripTypeScriptTypes } from 'node:module';
import { createContext, Script } from 'node:vm';

/** A function of a mapping: the text of a filled cell goes in, text comes out; undefined when it knows no answer. */
export type NamedFunction = (text: string) => string | undefined;

/** Why a text is no function for a mapping, and where. */
export type FunctionFault = { line: number; code: string; message: string };

const fault = (line: number, code: string, message: string): FunctionFault => ({ line, code, message });

/** Time a file may take to define its function, ms. */
const timeLimit = 1000;
const known = new Map<string, NamedFunction | FunctionFault>();

/**
 * Makes a function of the text of a TypeScript file with one default export and no imports.
 *
 * It runs in an empty world of its own: no Node, no files, and no clock and no chance, so that an export mapped anew becomes
 * the same reports. That keeps honest functions honest and is no security border: `node:vm` is none. Whoever edits mappings is
 * trusted as whoever edits the program is.
 */
export function namedFunction(text: string): NamedFunction | FunctionFault {
  const found = known.get(text) ?? make(text);
  known.set(text, found);
  return found;
}

function make(text: string): NamedFunction | FunctionFault {
  try {
    const script = withoutTypes(text.replace(/^\uFEFF/, ''));
    return formFault(script) ?? define(script);
  } catch (error) {
    // What the text throws while it is compiled or run may be anything.
    const { message, stack }: { message?: unknown; stack?: unknown } = Object(error);
    const [, line = '1'] = /^\S*:(\d+)\n/.exec(String(stack)) ?? [];
    return fault(Number(line), 'FUNCTION_SYNTAX', `the file cannot be read as TypeScript: ${message}`);
  }
}

/** Types become blanks, so that every line stays where it is. Node calls this experimental at each start; once is enough. */
function withoutTypes(text: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function formFault(script: string): FunctionFault | undefined {
  const code = script.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => comment.replace(/[^\n]/g, ' '));
  const lineOf = (at: number) => code.slice(0, at).split('\n').length;
  const imported = code.search(/^\s*import\b|\bimport\s*\(|\brequire\s*\(|^\s*export\b.*\bfrom\b/m);
  if (imported >= 0) {
    const line = lineOf(imported + (/\S/.exec(code.slice(imported))?.index ?? 0));
    return fault(line, 'FUNCTION_IMPORT', 'a function of a mapping may import nothing');
  }
  const exported = [...code.matchAll(/^\s*export\b(\s+default\b)?/gm)];
  if (exported.length === 1 && exported[0]?.[1] !== undefined) return undefined;
  const other = exported.find(([, isDefault]) => isDefault === undefined) ?? exported[1];
  return fault(
    other ? lineOf(other.index + other[0].search(/\S/)) : 1,
    'FUNCTION_FORM',
    'expected one export: export default function (text: string): string | undefined { … }',
  );
}

function define(script: string): NamedFunction | FunctionFault {
  const world: { made?: unknown } = createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  });
  new Script('delete globalThis.Date; delete Math.random; delete globalThis.console;').runInContext(world);
  const code = `'use strict';\n${script.replace(/^(\s*)export\s+default\b/m, '$1globalThis.made =')}`;
  new Script(code, { lineOffset: -1 }).runInContext(world, { timeout: timeLimit });
  const { made } = world;
  if (typeof made !== 'function') return fault(1, 'FUNCTION_FORM', 'the default export must be a function');
  return (text) => made(text) as string | undefined;
}
