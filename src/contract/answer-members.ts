/** One value of an answer, under the path of its member: `loan.borrowers[1].idCode`. */
export type AnswerMember = { path: string; text: string };

const deepest = 20;

/**
 * Every value of an answer in its order, whatever its shape: nested members by their path, items of lists counted from 1.
 * Numbers are as they were written, so that none is rounded; null is an empty text.
 * @returns undefined when the answer is not JSON
 */
export function answerMembers(text: string): AnswerMember[] | undefined {
  const value = exactJson(text);
  return value === undefined ? undefined : membersBelow(value, '');
}

/** Every value below a member of an answer, under the member's path. */
export function membersBelow(value: unknown, path: string): AnswerMember[] {
  const members: AnswerMember[] = [];
  visit(value, path, 0, members);
  return members;
}

/** An answer read from its JSON, numbers as texts just as they were written; undefined when it is not JSON. */
export function exactJson(text: string): unknown {
  try {
    return JSON.parse(withoutMark(text), (_key, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value,
    );
  } catch {
    return undefined;
  }
}

/** An answer as one line of JSON, otherwise to the character as it came; one that is not JSON as a text. */
export function jsonLine(text: string): string {
  const whole = withoutMark(text);
  // Line ends stand between tokens only: a text has none but escaped ones.
  return exactJson(whole) === undefined ? JSON.stringify(whole) : whole.replace(/[\r\n]+\s*/g, ' ').trim();
}

const withoutMark = (text: string) => text.replace(/^\uFEFF/, '');

function visit(value: unknown, path: string, depth: number, members: AnswerMember[]): void {
  const parts = depth < deepest ? partsOf(value, path) : undefined;
  if (parts) for (const [inner, part] of parts) visit(part, inner, depth + 1, members);
  else
    members.push({
      path,
      text: value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value),
    });
}

function partsOf(value: unknown, path: string): [string, unknown][] | undefined {
  if (Array.isArray(value)) return value.map((item, at) => [`${path}[${at + 1}]`, item]);
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).map(([key, member]) => [path === '' ? key : `${path}.${key}`, member]);
}
