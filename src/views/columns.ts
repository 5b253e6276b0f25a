/** Breaks a text into lines of at most `width` characters, at spaces where it can; later lines are indented, if there is room. */
export function wrapped(text: string, width: number, hanging = ''): string[] {
  const indent = hanging.length < width / 2 ? hanging : '';
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const at = space > indent.length ? space : width;
    lines.push(rest.slice(0, at));
    rest = indent + rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

/** Two texts side by side, each broken to its own width. */
export function sideBySide(left: string, right: string, leftWidth: number, rightWidth: number): string[] {
  const [lefts, rights] = [wrapped(left, leftWidth, '  '), wrapped(right, rightWidth, '  ')];
  return Array.from({ length: Math.max(lefts.length, rights.length) }, (_, at) =>
    `${(lefts[at] ?? '').padEnd(leftWidth)}  ${rights[at] ?? ''}`.trimEnd(),
  );
}
