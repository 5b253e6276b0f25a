/** Template of the table of exports, and of the files that nothing takes. */
export const exportsHtml = `
<% if (it.exports.length > 0) { %>
<section aria-labelledby="exports">
<h2 id="exports">Exports</h2>
<table class="stack">
<caption>Those of the day, and those of earlier days that are not done; times are Finnish</caption>
<thead><tr>
<th scope="col">Taken</th>
<th scope="col">Export</th>
<th scope="col">API</th>
<th scope="col" class="n">Reports</th>
<th scope="col" class="n">Accepted</th>
<th scope="col" class="n">To fix</th>
<th scope="col" class="n">Open</th>
<th scope="col">State</th>
</tr></thead>
<tbody>
<% for (const one of it.exports) { %>
<tr>
<td class="c6 once" data-label="Taken"><%= one.taken %></td>
<th scope="row"><a href="<%= one.href %>"><%= one.name %></a></th>
<td class="c6" data-label="API"><%= one.api %></td>
<td class="n c3" data-label="Reports"><%= it.grouped(one.reports) %></td>
<td class="n c3" data-label="Accepted"><%= it.grouped(one.accepted) %></td>
<td class="n c3" data-label="To fix"><%= it.grouped(one.toFix) %></td>
<td class="n c3" data-label="Open"><%= it.grouped(one.open) %></td>
<td class="up"><span class="state <%= one.state.tone %>"><%= one.state.label %></span></td>
</tr>
<% } %>
</tbody>
</table>
</section>
<% } %>
<% if (it.notTaken.length > 0) { %>
<section aria-labelledby="not-taken">
<h2 id="not-taken">Not taken</h2>
<table class="stack">
<caption><%= it.counted(it.page.notTaken.length + it.page.leftAlone.length, 'file') %> left in the inbox<%
if (it.notTaken.length < it.page.notTaken.length + it.page.leftAlone.length) { %>; the first <%= it.notTaken.length %> are shown<% } %></caption>
<thead><tr><th scope="col">File</th><th scope="col">Why</th></tr></thead>
<tbody>
<% for (const file of it.notTaken) { %>
<tr><th scope="row"><code><%= file.name %></code></th><td><%= file.why %></td></tr>
<% } %>
</tbody>
</table>
</section>
<% } %>`;

/** Template of a due day: how it stands to today, and the day. */
const dueHtml = (due: string) => `<span><% if (${due}.tone) { %>
<span class="state <%= ${due}.tone %>"><%= ${due}.word %></span><% } %>
<%= ${due}.day %></span>`;

/** Template of the open items, and of what is due. */
export const openHtml = `
<% if (it.page.openItems.total > 0) { %>
<section aria-labelledby="open">
<h2 id="open">Open items</h2>
<dl class="figures">
<div><dt>open</dt><dd><%= it.grouped(it.page.openItems.total) %></dd></div>
<div><dt>overdue</dt>
<dd<% if (it.page.openItems.overdue > 0) { %> class="act"<% } %>><%= it.grouped(it.page.openItems.overdue) %></dd></div>
<div><dt>due today</dt>
<dd<% if (it.page.openItems.dueToday > 0) { %> class="doubt"<% } %>><%= it.grouped(it.page.openItems.dueToday) %></dd></div>
</dl>
<% if (it.items.length > 0) { %>
<table class="stack">
<caption>
<% if (it.items.length < it.page.openItems.total) { %>
The first <%= it.items.length %> of <%= it.counted(it.page.openItems.total, 'open item') %>, soonest due first;
<% } else { %>
Soonest due first;
<% } %>
<a href="open-items.csv">open-items.csv</a> has them all</caption>
<thead><tr>
<th scope="col">Due</th>
<th scope="col">Where</th>
<th scope="col">State</th>
<th scope="col">What, and what to do</th>
</tr></thead>
<tbody>
<% for (const item of it.items) { %>
<tr>
<td class="c6" data-label="Due"><% if (item.due) { %>${dueHtml('item.due')}<% } else { %>no date<% } %></td>
<th scope="row"><%= item.where %></th>
<td class="c6" data-label="State"><%= item.state %></td>
<td><%= item.problem %><br><span class="muted"><%= item.nextStep %></span></td>
</tr>
<% } %>
</tbody>
</table>
<% } else { %>
<p><a href="open-items.csv">open-items.csv</a> has them all.</p>
<% } %>
</section>
<% } %>
<% if (it.dues.length > 0) { %>
<section aria-labelledby="due">
<h2 id="due">What is due</h2>
<table class="stack">
<caption>The earliest due day of each export that has something open</caption>
<thead><tr><th scope="col">Export</th><th scope="col">Due</th><th scope="col" class="n">Late so far</th></tr></thead>
<tbody>
<% for (const one of it.dues) { %>
<tr>
<th scope="row"><a href="<%= one.href %>"><%= one.name %></a></th>
<td class="c6" data-label="Due">${dueHtml('one.due')}</td>
<td class="n c6" data-label="Late so far"><%= it.grouped(one.late) %></td>
</tr>
<% } %>
</tbody>
</table>
</section>
<% } %>`;
