/** A line of `fields` in a draft: where a field comes from, a part with lines of its own, or a remark. */
export type DraftLine =
  | { kind: 'source'; key: string; source: string; note: string }
  | { kind: 'part'; key: string; head: string[]; lines: DraftLine[]; note?: string }
  | { kind: 'remark'; text: string };

/** A word as YAML: in quotes unless it is surely read as the text it is. */
export function quoted(text: string): string {
  const plain =
    /^[A-Za-zÅÄÖåäö][A-Za-zÅÄÖåäö0-9_.-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}

/** The lines as they stand in the file. */
export function writeLines(lines: readonly DraftLine[], indent: string): string[] {
  return lines.flatMap((line) => {
    if (line.kind === 'remark') return [`${indent}# ${line.text}`];
    if (line.kind === 'source') return [`${indent}${line.key}: { ${line.source} }${comment(line.note)}`];
    return [
      `${indent}${line.key}:${comment(line.note ?? '')}`,
      ...line.head.map((text) => `${indent}  ${text}`),
      `${indent}  fields:`,
      ...writeLines(line.lines, `${indent}    `),
    ];
  });
}

/** A comment at the end of a line: nothing from the file can break out of it. */
export const comment = (text: string) => (text === '' ? '' : ` # ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`);
