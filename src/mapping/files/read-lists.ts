import { checkShape } from '../../lib/yaml-file.ts';
import { CodeFile, type Mapping } from '../mapping.ts';
import { readCodeList } from './code-list.ts';
import { inPart, type MappingFile } from './mapping-file.ts';
import { mostBytes, type Parts } from './parts.ts';

/** Reads the code lists that stand in files of their own; the others stay as they are. */
export function readLists(yaml: MappingFile, all: Mapping['codes'], parts: Parts): Pick<Mapping, 'codes' | 'lists'> {
  const codes: Mapping['codes'] = {};
  const lists: Mapping['lists'] = {};
  for (const [name, list] of Object.entries(all)) {
    if (!Object.hasOwn(list, 'file')) {
      codes[name] = list;
      continue;
    }
    // A list that cannot be read is still a list: that it is not known would be said of every field that uses it.
    lists[name] = { file: String(list['file']), codes: [] };
    const spec = checkShape(yaml, CodeFile, list, ['codes', name]);
    if (!spec) continue;
    const part = parts.take(spec.file, yaml.partOf(['codes', name]), mostBytes.list);
    if ('why' in part) {
      yaml.problems.push(yaml.problem(['codes', name, 'file'], 'FILE_UNREADABLE', `codes.${name}: ${part.why}`));
      continue;
    }
    const read = readCodeList(part.text, spec);
    for (const { line, code, message } of read.faults)
      yaml.problems.push(yaml.problem(inPart(part.name, line), code, message));
    lists[name] = { file: part.name, codes: read.codes };
  }
  return { codes, lists };
}
