import type { TodayPage } from '../page-data.ts';
import { htmlTemplate } from './html-template.ts';
import type { counted, grouped } from './numbers.ts';
import type { StateWords, Tone } from './state-words.ts';
import { exportsHtml, openHtml } from './today-tables.ts';

/** An export as `today.html` lists it. */
export type ExportLine = {
  name: string;
  href: string;
  taken: string;
  api: string;
  reports: number;
  accepted: number;
  toFix: number;
  open: number;
  state: StateWords;
};

/** A due day as it is shown: the day, and how it stands to today. */
export type Due = { day: string; word: string; tone: Tone | '' };

/** What the template of `today.html` draws; whatever needs deciding is decided. */
export type TodayView = {
  page: TodayPage;
  heading: string;
  sentence: string;
  calm: { text: string; tone: Tone } | null;
  toDo: (ExportLine & { due: Due | null; nextStep: string })[];
  exports: ExportLine[];
  notTaken: TodayPage['notTaken'];
  items: { where: string; state: string; problem: string; due: Due | null; nextStep: string }[];
  dues: { name: string; href: string; due: Due; late: number }[];
  grouped: typeof grouped;
  counted: typeof counted;
};

const headHtml = `
<header>
<span class="brand">luottoputki</span>
<% if (it.page.environment !== 'production') { %>
<span class="tag doubt"><%= it.page.environment %></span>
<% } %>
<span>exports to the Positive Credit Register</span>
</header>`;

const firstHtml = `
<h1><%= it.heading %></h1>
<p class="lead"><%= it.sentence %>.</p>
<% if (it.page.alarms.length > 0) { %>
<section class="box act" aria-labelledby="alarms">
<h2 id="alarms"><%= it.page.alarms.length === 1 ? 'Alarm' : 'Alarms' %></h2>
<ul>
<% for (const alarm of it.page.alarms) { %>
<li><%= alarm %></li>
<% } %>
</ul>
</section>
<% } %>
<% if (it.calm) { %>
<p class="box <%= it.calm.tone %>"><strong><%= it.calm.text %></strong></p>
<% } %>
<% if (it.toDo.length > 0) { %>
<section aria-labelledby="todo">
<h2 id="todo">To do next</h2>
<ol class="cards">
<% for (const one of it.toDo) { %>
<li>
<div class="top">
<h3><a href="<%= one.href %>"><%= one.name %></a></h3>
<span class="state <%= one.state.tone %>"><%= one.state.label %></span>
</div>
<p><%= one.nextStep %></p>
<% if (one.due) { %>
<p><span class="state <%= one.due.tone %>"><%= one.due.word %></span> <%= one.due.day %></p>
<% } %>
</li>
<% } %>
</ol>
</section>
<% } %>`;

const footHtml = `
<footer>
<p>Every unresolved row of every export: <a href="open-items.csv">open-items.csv</a>.</p>
</footer>`;

/** The body of `today.html`. */
export const todayTemplate = htmlTemplate<TodayView>(
  `${headHtml}\n<main>${firstHtml}${exportsHtml}${openHtml}\n</main>${footHtml}`,
);
