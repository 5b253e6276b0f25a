import type { Mapping } from '../mapping.ts';
import { inPart, type MappingFile } from './mapping-file.ts';
import { namedFunction } from './named-function.ts';
import { mostBytes, type Parts } from './parts.ts';

/** Reads the texts of the functions a mapping names, and tells what is wrong with them. */
export function readFunctions(
  yaml: MappingFile,
  functions: Mapping['functions'],
  parts: Parts,
): Pick<Mapping, 'functionTexts'> {
  const functionTexts: Mapping['functionTexts'] = {};
  for (const [name, file] of Object.entries(functions)) {
    const part = parts.take(file, yaml.partOf(['functions', name]), mostBytes.function);
    if ('why' in part) {
      yaml.problems.push(yaml.problem(['functions', name], 'FILE_UNREADABLE', `functions.${name}: ${part.why}`));
      continue;
    }
    const made = namedFunction(part.text);
    if (typeof made === 'function') functionTexts[name] = part.text;
    else yaml.problems.push(yaml.problem(inPart(part.name, made.line), made.code, made.message));
  }
  return { functionTexts };
}
