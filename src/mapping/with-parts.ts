import { dirname, join } from 'node:path';
import type { YamlFile } from '../lib/yaml-file.ts';

type Path = readonly PropertyKey[];

const mark = Symbol('part');

/** The path of a line of another file of the mapping, for problems: code lists and functions are no YAML. */
export const inPart = (name: string, line: number, col = 1): Path => [mark, name, line, col];

/** A mapping file whose problems may point into the files beside it. */
export function withParts(yaml: YamlFile): YamlFile {
  return {
    ...yaml,
    problem(path, code, message, options = {}) {
      const [head, name, line, col] = path;
      if (head !== mark) return yaml.problem(path, code, message, options);
      const file = join(dirname(yaml.file), String(name));
      return { file, line: Number(line), col: Number(col), code, message, severity: options.severity ?? 'error' };
    },
  };
}
