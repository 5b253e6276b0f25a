import { dirname, join } from 'node:path';
import { z } from 'zod';
import { parseYaml, type YamlFile } from '../../lib/yaml-file.ts';
import { yamlText } from '../../lib/yaml-text.ts';
import { type MappingFile, mappingFile } from './mapping-file.ts';
import { type Changes, overlay } from './overlay.ts';
import { mostBytes, type Parts } from './parts.ts';

/** The mapping with its parent's lines, when it names one; without `yaml` when that cannot be read. */
export function withParent(
  own: YamlFile,
  parts: Parts,
): { yaml?: MappingFile; changes: Changes | null; parent: string | null } {
  const name = z.object({ extends: z.string() }).safeParse(own.value).data?.extends;
  if (name === undefined) return { yaml: mappingFile(own), changes: null, parent: null };
  const part = parts.take(name, '', mostBytes.yaml);
  if ('why' in part) {
    own.problems.push(own.problem(['extends'], 'FILE_UNREADABLE', `extends: ${part.why}`));
    return { changes: null, parent: null };
  }
  const file = join(dirname(own.file), part.name);
  const read = yamlText(new TextEncoder().encode(part.text), file);
  const parent = 'problem' in read ? undefined : parseYaml(read.text, file);
  own.problems.push(...('problem' in read ? [read.problem] : (parent?.problems ?? [])));
  return parent?.value === undefined
    ? { changes: null, parent: part.name }
    : { ...overlay(own, parent, part.name), parent: part.name };
}
