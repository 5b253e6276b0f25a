import { Eta } from 'eta/core';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Control characters, and those that turn the direction of text: a file name must not rearrange the page. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come through
const unprintable = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** Text as it may stand anywhere in a page, between tags or in a quoted attribute. */
function escapeText(value: unknown): string {
  return String(value)
    .toWellFormed()
    .replace(/\s*[\t\r\n]\s*/g, ' ')
    .replace(unprintable, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

const eta = new Eta({ autoEscape: true, autoTrim: false, escapeFunction: escapeText, rmWhitespace: true });

/** Compiles a template once; what it interpolates with `<%=` is escaped. */
export function htmlTemplate<View extends object>(source: string): (view: View) => string {
  const compiled = eta.compile(source);
  return (view) => eta.render(compiled, view);
}
