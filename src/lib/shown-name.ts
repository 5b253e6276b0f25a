const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const spelled: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** Control characters, and those that are not seen or turn the direction of text. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * The name of a file as it is shown, matched and kept: its text where its bytes are UTF-8, `\xC4` for a byte that is not,
 * `\n`, `\u202E` for characters that are not seen, and `\\` for a backslash. Two files never have the same shown name.
 */
export function shownName(bytes: Uint8Array): string {
  let shown = '';
  for (let at = 0; at < bytes.length; ) {
    const { text, length } = characterAt(bytes, at);
    shown += text === undefined ? `\\x${hex(bytes[at] ?? 0, 2)}` : text === '\\' ? '\\\\' : visible(text);
    at += length;
  }
  return shown;
}

/** Text from outside as it may be printed: nothing in it moves the cursor, breaks a line, or is not seen. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => spelled[character] ?? `\\u${hex(character.codePointAt(0) ?? 0, 4)}`);
}

function characterAt(bytes: Uint8Array, at: number): { text: string | undefined; length: number } {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  try {
    return { text: utf8.decode(bytes.subarray(at, at + length)), length };
  } catch {
    return { text: undefined, length: 1 };
  }
}

const hex = (code: number, digits: number) => code.toString(16).toUpperCase().padStart(digits, '0');
