/** Words that no Finnish or Swedish sentence has, and hardly an English one lacks. */
const english =
  /(?<!\p{L})(?:the|of|is|are|was|were|be|been|has|have|not|with|and|by|from|this|that|it|its|any|more|as|or|when|which|what|who|rows?|reports?|exports?|lines?|register|nothing|once|due|sent)(?!\p{L})/giu;

/** The English words left in what people see of a page, or hear of it; what stands as code is nobody's language. */
export function englishIn(html: string): string[] {
  const body = html
    .slice(html.indexOf('<title>'))
    .replace(/<style>[\s\S]*?<\/style>|<(code|pre)\b[\s\S]*?<\/\1>/g, ' ');
  const heard = [...body.matchAll(/(?:aria-label|data-label)="([^"]*)"/g)].map(([, words]) => words);
  return (
    `${body.replace(/<[^>]*>/g, ' ')} ${heard.join(' ')}`
      .replace(/[\w/-]+\.(?:csv|json|html|pem|yaml)\b/g, ' ')
      .match(english) ?? []
  );
}
