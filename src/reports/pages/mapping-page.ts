import { htmlTemplate } from './html-template.ts';
import { mappingTables } from './mapping-tables.ts';
import { pageShell } from './page-shell.ts';

/** What the page of a mapping tells; nothing of it comes from an export. */
export type MappingPage = {
  name: string;
  api: string;
  file: string;
  files: readonly { name: string; sha256: string }[];
  reading: readonly { label: string; words: string }[];
  fields: readonly { path: string; columns: readonly string[]; rule: string; meaning: string; evidence: string }[];
  unmapped: readonly { path: string; meaning: string; evidence: string }[];
  formats: readonly { name: string; words: string }[];
  lists: readonly {
    name: string;
    file: string | null;
    codes: readonly { code: string; value: string; meaning: string; days: string }[];
    more: number;
  }[];
  functions: readonly { name: string; file: string; text: string }[];
  skips: readonly { id: string; when: string; why: string }[];
  checks: readonly { id: string; severity: string; demand: string; say: string }[];
  tests: readonly string[];
  others: readonly { key: string; yaml: string }[];
};

const template = htmlTemplate<{ mappings: readonly MappingPage[]; title: string; tool: string }>(`
<header>
<span class="brand">luottoputki</span>
<span>how exports become reports to the Positive Credit Register</span>
</header>
<main>
<h1><%= it.title %></h1>
<% for (const [i, mapping] of it.mappings.entries()) { const id = 'm' + i; %>
<section aria-labelledby="<%= id %>">
<h2 id="<%= id %>" class="loud"><%= mapping.name %>: <%= mapping.api %></h2>
${mappingTables}
</section>
<% } %>
</main>
<footer>
<p>Made by <%= it.tool %> from the mappings themselves. How sure each field is: what is official, what was seen in a client of the register, what is inferred.</p>
</footer>`);

/** Draws one page of mappings, for people who answer for them: from each column to each field, with its rule and meaning. */
export function mappingPage(mappings: readonly MappingPage[], tool: string): string {
  const [only] = mappings;
  const title = mappings.length === 1 && only ? `The mapping ${only.name}` : 'Mappings';
  return pageShell(title, template({ mappings, title, tool }), 'en');
}
