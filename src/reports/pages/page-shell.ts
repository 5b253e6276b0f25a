import type { Language } from '../../lib/language.ts';
import { htmlTemplate } from './html-template.ts';
import { pageStyle } from './page-style.ts';

const shell = htmlTemplate<{ title: string; body: string; style: string; language: Language }>(`<!DOCTYPE html>
<html lang="<%= it.language %>">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title><%= it.title %></title>
<style><%~ it.style %></style>
</head>
<body>
<%~ it.body %>
</body>
</html>
`);

/** A whole page around a body that is HTML already: no script, nothing from elsewhere. */
export function pageShell(title: string, body: string, language: Language): string {
  return shell({ title, body, style: pageStyle, language }).replace(/\n{2,}/g, '\n');
}

/** Template of the head of a page of the outbox. @param subtitle template of what stands in it besides the environment */
export const headHtml = (subtitle: string) => `
<header>
<span class="brand">luottoputki</span>
<% if (it.page.environment !== 'production') { %>
<span class="tag doubt"><%= it.page.environment %></span>
<% } %>
<span>${subtitle}</span>
</header>`;
