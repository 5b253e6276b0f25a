import { type AnswerMember, answerMembers } from '../../contract/answer-members.ts';
import { type CreditExtract, readExtract } from '../../contract/extract.ts';
import type { Language } from '../../lib/language.ts';
import { extractPhrases } from '../phrases/extract-phrases.ts';
import { htmlTemplate } from './html-template.ts';
import { headHtml, pageShell } from './page-shell.ts';

/** What the page of an extract is drawn from: the answer as it came, and which question it answers. */
export type ExtractPage = {
  answer: string;
  /** By what it was asked for: the row of an export, or a command. */
  asked: string;
  purposes: readonly string[];
  /** In Finland: `yyyy-mm-dd hh:mm`. */
  answeredAt: string;
  environment: string;
  language: Language;
};

type View = {
  page: ExtractPage;
  words: (typeof extractPhrases)[Language];
  extract: CreditExtract | undefined;
  incomes: readonly (keyof CreditExtract['income'][number]['amounts'])[];
  rest: readonly AnswerMember[];
  said(text: string | null): string;
};

const membersHtml = `
<table class="stack">
<thead><tr><th scope="col"><%= it.words.member %></th><th scope="col"><%= it.words.value %></th></tr></thead>
<tbody>
<% for (const { path, text } of members) { %>
<tr><th scope="row"><code><%= path %></code></th><td data-label="<%= it.words.value %>"><%= text %></td></tr>
<% } %>
</tbody>
</table>`;

/** Known parts beside their names. */
const partsHtml = (id: string, title: string, parts: string) => `
<% if (${parts}.length > 0) { %>
<section aria-labelledby="${id}">
<h2 id="${id}"><%= it.words.${title} %></h2>
<dl class="figures">
<% for (const { name, text } of ${parts}) { %>
<div><dt><%= it.words.names[name] %></dt><dd><%= it.said(text) %></dd></div>
<% } %>
</dl>
</section>
<% } %>`;

const topHtml = `${headHtml('<%= it.words.asked %> <code><%= it.page.asked %></code>')}
<main>
<h1><%= it.words.title %></h1>
<p class="box act"><%= it.words.personal %></p>
<dl class="figures">
<div><dt><%= it.words.purposes %></dt><dd><%= it.page.purposes.join(', ') %></dd></div>
<div><dt><%= it.words.answeredAt %></dt><dd><%= it.page.answeredAt %></dd></div>
<% if (it.extract) { %>
<div><dt><%= it.words.createdAt %></dt><dd><%= it.said(it.extract.createdAt) %></dd></div>
<div><dt><%= it.words.reference %></dt><dd><%= it.said(it.extract.reference) %></dd></div>
<% } %>
</dl>`;

const sumsHtml = `
<% if (it.extract.sums.length > 0) { %>
<section aria-labelledby="sums">
<h2 id="sums"><%= it.words.sums %></h2>
<table class="stack">
<thead><tr><th scope="col"><%= it.words.sumOf %></th><th scope="col" class="n"><%= it.words.sum %></th></tr></thead>
<tbody>
<% for (const { name, sum, currency } of it.extract.sums) { %>
<tr><th scope="row"><%= it.words.names[name] %></th>
<td class="n" data-label="<%= it.words.sum %>"><%= it.said(sum) %> <%= currency ?? '' %></td></tr>
<% } %>
</tbody>
</table>
</section>
<% } %>`;

const loansHtml = `
<section aria-labelledby="loans">
<h2 id="loans"><%= it.words.loans %></h2>
<% if (it.extract.loans.length === 0) { %>
<p class="muted"><%= it.words.noLoans %></p>
<% } else { %>
<table class="stack">
<thead><tr>
<th scope="col">#</th>
<th scope="col"><%= it.words.loanType %></th>
<th scope="col"><%= it.words.contractDate %></th>
<th scope="col" class="n"><%= it.words.amount %></th>
<th scope="col" class="n"><%= it.words.balance %></th>
<th scope="col"><%= it.words.collateral %></th>
<th scope="col"><%= it.words.delayed %></th>
<th scope="col"><%= it.words.foreclosed %></th>
</tr></thead>
<tbody>
<% for (const [at, loan] of it.extract.loans.entries()) { %>
<tr>
<td><%= at + 1 %></td>
<td data-label="<%= it.words.loanType %>"><%= it.said(loan.loanType) %></td>
<td class="once" data-label="<%= it.words.contractDate %>"><%= it.said(loan.contractDate) %></td>
<td class="n" data-label="<%= it.words.amount %>"><%= it.said(loan.amount) %> <%= loan.currencyCode ?? '' %></td>
<td class="n" data-label="<%= it.words.balance %>"><%= it.said(loan.balance) %> <%= loan.currencyCode ?? '' %></td>
<td data-label="<%= it.words.collateral %>"><%= loan.collateral.length === 0 ? it.words.none : loan.collateral.join(', ') %></td>
<td data-label="<%= it.words.delayed %>"><%= loan.delayed.length === 0 ? it.words.none : loan.delayed.map((late) => it.said(late.instalment) + ' (' + it.said(late.dueDate) + ')').join(', ') %></td>
<td data-label="<%= it.words.foreclosed %>"><%= it.said(loan.isForeclosed) %></td>
</tr>
<% } %>
</tbody>
</table>
<% for (const [at, loan] of it.extract.loans.entries()) { if (loan.more.length > 0) { const members = loan.more; %>
<h3 class="part"><%= it.words.more(at + 1) %></h3>
${membersHtml}
<% } } %>
<% } %>
</section>`;

const incomeHtml = `
<section aria-labelledby="income">
<h2 id="income"><%= it.words.income %></h2>
<% if (it.extract.income.length === 0) { %>
<p class="muted"><%= it.words.noIncome %></p>
<% } else { %>
<table class="stack">
<thead><tr><th scope="col"><%= it.words.month %></th>
<% for (const name of it.incomes) { %><th scope="col" class="n"><%= it.words.names[name] %></th><% } %>
</tr></thead>
<tbody>
<% for (const { year, month, amounts } of it.extract.income) { %>
<tr><th scope="row"><%= it.said(month) %> / <%= it.said(year) %></th>
<% for (const name of it.incomes) { %><td class="n" data-label="<%= it.words.names[name] %>"><%= it.said(amounts[name] ?? null) %></td><% } %>
</tr>
<% } %>
</tbody>
</table>
<% } %>
</section>`;

const bodyHtml = `${topHtml}
<% if (it.extract) { %>
${partsHtml('person', 'person', 'it.extract.person')}
<% if (it.extract.deceased !== null) { %>
<p class="box doubt"><%= it.words.deceased %>: <%= it.extract.deceased %></p>
<% } %>
${partsHtml('ban', 'ban', 'it.extract.ban')}
${partsHtml('summary', 'summary', 'it.extract.summary')}
${sumsHtml}
${loansHtml}
${incomeHtml}
<% } else { %>
<p class="box doubt"><%= it.words.notUnderstood %></p>
<% } %>
<% if (it.rest.length > 0) { const members = it.rest; %>
<section aria-labelledby="rest">
<h2 id="rest"><%= it.words.rest %></h2>
${membersHtml}
</section>
<% } %>
</main>`;

const template = htmlTemplate<View>(bodyHtml);
const incomes = ['wagesGrossAmount', 'wagesNetAmount', 'benefitsGrossAmount', 'benefitsNetAmount'] as const;

/**
 * Draws the page of one extract: all that the register answered, the known parts by their names. It has the person’s data in
 * clear, so it may stand in `restricted/` only.
 */
export function extractPage(page: ExtractPage): string {
  const words = extractPhrases[page.language];
  const extract = readExtract(page.answer);
  const said = (text: string | null) =>
    text === null ? words.none : text === 'true' ? words.yes : text === 'false' ? words.no : text;
  const rest = extract?.rest ?? answerMembers(page.answer) ?? [{ path: '', text: page.answer }];
  return pageShell(words.title, template({ page, words, extract, incomes, rest, said }), page.language);
}
