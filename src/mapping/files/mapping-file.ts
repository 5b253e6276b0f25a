import { dirname, join } from 'node:path';
import type { YamlFile } from '../../lib/yaml-file.ts';

/** Where a value stands in a YAML file. */
export type Path = readonly PropertyKey[];

/** A mapping whose problems may point into any of its files. */
export type MappingFile = YamlFile & {
  /** The part in which the value at a path stands; '' when that is the mapping file itself. */
  partOf(path: Path): string;
};

/** A YAML file of a mapping, and a place in it; `part` is '' for the mapping file itself. */
export type Place = { yaml: YamlFile; part: string; path: Path };

/** Where the members of an object or list stand that was put together from several files; of all others it follows. */
export type Places = ReadonlyMap<object, ReadonlyMap<string, Place>>;

const mark = Symbol('part');

/** The path of a line of a file that is no YAML (a code list, a function), for problems. */
export const inPart = (name: string, line: number, col = 1): Path => [mark, name, line, col];

/**
 * A mapping file as one, whatever files its parts come from.
 * @param own the mapping file itself; problems are collected there
 * @param value all of the mapping
 */
export function mappingFile(own: YamlFile, value: unknown = own.value, places: Places = new Map()): MappingFile {
  const placeOf = (path: Path): Place => {
    let place: Place = { yaml: own, part: '', path: [] };
    let at = value;
    for (const key of path) {
      const known = isObject(at) ? places.get(at)?.get(String(key)) : undefined;
      place = known ?? { ...place, path: [...place.path, key] };
      at = isObject(at) ? (at as Record<PropertyKey, unknown>)[key] : undefined;
    }
    return place;
  };
  /** The place of an object together with a key in it, or of the key alone when it stands in another file. */
  const keyAt = (path: Path, key: string | undefined): Place & { key?: string } => {
    if (key === undefined) return placeOf(path);
    const { path: whole, ...place } = placeOf([...path, key]);
    return { ...place, path: whole.slice(0, -1), key: String(whole.at(-1)) };
  };
  return {
    file: own.file,
    value,
    problems: own.problems,
    partOf: (path) => placeOf(path).part,
    problem(path, code, message, options = {}) {
      const [head, name, line, col] = path;
      if (head === mark) {
        const file = join(dirname(own.file), String(name));
        return { file, line: Number(line), col: Number(col), code, message, severity: options.severity ?? 'error' };
      }
      const { yaml, path: at, key } = keyAt(path, options.key);
      return yaml.problem(at, code, message, { ...options, ...(key === undefined ? {} : { key }) });
    },
    styleOf(path, key) {
      const at = keyAt(path, key);
      return at.yaml.styleOf(at.path, at.key);
    },
    sourceOf(path, key) {
      const at = keyAt(path, key);
      return at.yaml.sourceOf(at.path, at.key);
    },
  };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
