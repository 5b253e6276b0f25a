/** Template of the two sums, and of the rules that took rows out. */
export const countsHtml = `
<section aria-labelledby="counts">
<h2 id="counts"><%= it.words.counts %></h2>
<p><% if (it.holds) { %><span class="tag good"><%= it.words.sumsHold %></span><% } else { %>
<strong class="tag act"><%= it.words.sumsDoNotHold %></strong><% } %></p>
<div class="sums">
<% for (const sum of it.sums) { %>
<table>
<caption><%= sum.caption %></caption>
<thead class="vh"><tr><th scope="col"><%= it.words.part %></th><th scope="col"><%= it.words.count %></th></tr></thead>
<tbody>
<% for (const [i, part] of sum.parts.entries()) { %>
<tr><th scope="row"><%= i > 0 ? '+ ' : '' %><%= part.label %></th><td class="n"><%= it.grouped(part.count) %></td></tr>
<% } %>
</tbody>
<tfoot>
<tr><th scope="row">= <%= sum.total.label %></th><td class="n"><%= it.grouped(sum.total.count) %></td></tr>
</tfoot>
</table>
<% } %>
</div>
</section>
<% if (it.page.skipped.length > 0) { %>
<section aria-labelledby="skipped">
<h2 id="skipped"><%= it.words.skipped %></h2>
<table class="stack">
<caption><%= it.words.skippedCaption %></caption>
<thead><tr><th scope="col"><%= it.words.rule %></th><th scope="col"><%= it.words.why %></th><th scope="col" class="n"><%= it.words.rows %></th></tr></thead>
<tbody>
<% for (const rule of it.page.skipped) { %>
<tr>
<th scope="row"><code><%= rule.id %></code></th>
<td><%= rule.why %></td>
<td class="n" data-label="<%= it.words.rows %>"><%= it.grouped(rule.count) %></td>
</tr>
<% } %>
</tbody>
</table>
</section>
<% } %>`;

/** Template of the batches, and of the files beside the page. */
export const batchesHtml = `
<section aria-labelledby="batches">
<h2 id="batches"><%= it.words.batches %></h2>
<% if (it.receipt.batches.length === 0) { %>
<p class="muted"><%= it.words.noBatch %></p>
<% } else { %>
<table class="stack">
<caption><%= it.words.batchCount(it.receipt.batches.length) %>
<% if (it.batches.length < it.receipt.batches.length) { %>
<%= it.words.batchesShown(it.batches.length) %> <a href="receipt.json">receipt.json</a> <%= it.words.hasAll %>
<% } %>
<%= it.words.finnishTimes %></caption>
<thead><tr>
<th scope="col"><%= it.words.reference %></th>
<th scope="col"><%= it.words.status %></th>
<th scope="col" class="n"><%= it.words.sent %></th>
<th scope="col" class="n"><%= it.words.reported %></th>
<th scope="col" class="n"><%= it.words.attempts %></th>
<th scope="col" class="n"><%= it.words.sentAt %></th>
<th scope="col" class="n"><%= it.words.verdictAt %></th>
</tr></thead>
<tbody>
<% for (const batch of it.batches) { %>
<tr>
<th scope="row"><code><%= batch.reference %></code></th>
<td class="up"><%= batch.status %></td>
<td class="n c4" data-label="<%= it.words.sent %>"><%= it.grouped(batch.sent) %></td>
<td class="n c4" data-label="<%= it.words.reported %>"><%= batch.reported === null ? it.words.notKnown : it.grouped(batch.reported) %></td>
<td class="n c4" data-label="<%= it.words.attempts %>"><%= it.grouped(batch.attempts) %></td>
<td class="n c6" data-label="<%= it.words.sentAt %>"><%= batch.sentAt ?? it.words.notYet %></td>
<td class="n c6" data-label="<%= it.words.verdictAt %>"><%= batch.verdictAt ?? it.words.notYet %></td>
</tr>
<% } %>
</tbody>
</table>
<% } %>
</section>
<nav aria-labelledby="files">
<h2 id="files"><%= it.words.files %></h2>
<ul class="links">
<li><a href="receipt.json">receipt.json</a></li>
<li><a href="errors.csv">errors.csv</a></li>
<% if (!it.again) { %>
<li><a href="accepted.csv">accepted.csv</a></li>
<% } %>
<% for (const name of it.answers) { %>
<li><a href="restricted/<%= name %>">restricted/<%= name %></a></li>
<% } %>
<% if (it.fixable) { %>
<li><a href="restricted/to-fix.csv">restricted/to-fix.csv</a></li>
<% } %>
<li><a href="../../today.html">today.html</a>, <%= it.words.wholeDay %></li>
</ul>
</nav>`;

/** Template of the small print: what was read, by what, for whom. */
export const smallPrintHtml = `
<footer class="small">
<h2><%= it.words.smallPrint %></h2>
<dl>
<dt><%= it.words.file %></dt>
<dd><%= it.receipt.file.name %>, <%= it.words.bytes(it.receipt.file.size) %>,
<%= it.words.rowCount(it.receipt.file.rows) %></dd>
<dt>SHA-256</dt>
<dd><code><%= it.receipt.file.sha256 %></code></dd>
<dt><%= it.words.mapping %></dt>
<dd><%= it.receipt.mapping.name %> (<%= it.receipt.mapping.api %>),
SHA-256 <code><%= it.receipt.mapping.sha256 %></code></dd>
<% for (const part of it.receipt.mapping.parts ?? []) { %>
<dd><%= part.name %>, SHA-256 <code><%= part.sha256 %></code></dd>
<% } %>
<dt><%= it.words.environment %></dt>
<dd><%= it.receipt.environment %></dd>
<dt><%= it.words.owner %></dt>
<dd><%= it.owner %></dd>
<dt><%= it.words.tool %></dt>
<dd><%= it.receipt.tool %></dd>
</dl>
</footer>`;
