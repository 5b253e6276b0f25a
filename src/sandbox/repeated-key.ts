/** A string, or a bracket, of valid JSON. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g;

/**
 * Finds a key that stands twice in one object, also as two case variants; `JSON.parse` hides it.
 * @param json text that `JSON.parse` has accepted
 */
export function repeatedKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (const { 0: text, index } of json.matchAll(token)) {
    if (text === '{') open.push(new Set());
    else if (text === '[') open.push(undefined);
    else if (text === '}' || text === ']') open.pop();
    else {
      const keys = open.at(-1);
      if (!keys || !isFollowedByColon(json, index + text.length)) continue;
      const key = String(JSON.parse(text)).toLowerCase();
      if (keys.has(key)) return String(JSON.parse(text));
      keys.add(key);
    }
  }
  return undefined;
}

function isFollowedByColon(json: string, from: number): boolean {
  let at = from;
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\r' || json[at] === '\t') at += 1;
  return json[at] === ':';
}
