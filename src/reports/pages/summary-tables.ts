/** Template of the two sums, and of the rules that took rows out. */
export const countsHtml = `
<section aria-labelledby="counts">
<h2 id="counts">Counts that add up</h2>
<p><% if (it.holds) { %><span class="tag good">the sums hold</span><% } else { %>
<strong class="tag act">THE SUMS DO NOT HOLD</strong><% } %></p>
<div class="sums">
<% for (const sum of it.sums) { %>
<table>
<caption><%= sum.caption %></caption>
<thead class="vh"><tr><th scope="col">part</th><th scope="col">count</th></tr></thead>
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
<h2 id="skipped">Skipped by rule</h2>
<table class="stack">
<caption>Rows the mapping leaves out, and why</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">Why</th><th scope="col" class="n">Rows</th></tr></thead>
<tbody>
<% for (const rule of it.page.skipped) { %>
<tr>
<th scope="row"><code><%= rule.id %></code></th>
<td><%= rule.why %></td>
<td class="n" data-label="Rows"><%= it.grouped(rule.count) %></td>
</tr>
<% } %>
</tbody>
</table>
</section>
<% } %>`;

/** Template of the batches, and of the files beside the page. */
export const batchesHtml = `
<section aria-labelledby="batches">
<h2 id="batches">Batches</h2>
<% if (it.receipt.batches.length === 0) { %>
<p class="muted">No batch was made of this export.</p>
<% } else { %>
<table class="stack">
<caption><%= it.counted(it.receipt.batches.length, 'batch', 'batches') %>.
<% if (it.batches.length < it.receipt.batches.length) { %>
<%= it.batches.length %> are shown, those without a verdict first; <a href="receipt.json">receipt.json</a> has all.
<% } %>
Times are Finnish.</caption>
<thead><tr>
<th scope="col">Reference</th>
<th scope="col">Status</th>
<th scope="col" class="n">Sent</th>
<th scope="col" class="n">Reported</th>
<th scope="col" class="n">Attempts</th>
<th scope="col" class="n">Sent at</th>
<th scope="col" class="n">Verdict at</th>
</tr></thead>
<tbody>
<% for (const batch of it.batches) { %>
<tr>
<th scope="row"><code><%= batch.reference %></code></th>
<td class="up"><%= batch.status %></td>
<td class="n c4" data-label="Sent"><%= it.grouped(batch.sent) %></td>
<td class="n c4" data-label="Reported"><%= batch.reported === null ? 'not known' : it.grouped(batch.reported) %></td>
<td class="n c4" data-label="Attempts"><%= it.grouped(batch.attempts) %></td>
<td class="n c6" data-label="Sent at"><%= batch.sentAt ?? 'not yet' %></td>
<td class="n c6" data-label="Verdict at"><%= batch.verdictAt ?? 'not yet' %></td>
</tr>
<% } %>
</tbody>
</table>
<% } %>
</section>
<nav aria-labelledby="files">
<h2 id="files">Files beside this page</h2>
<ul class="links">
<li><a href="receipt.json">receipt.json</a></li>
<li><a href="errors.csv">errors.csv</a></li>
<% if (!it.again) { %>
<li><a href="accepted.csv">accepted.csv</a></li>
<% } %>
<% if (it.fixable) { %>
<li><a href="restricted/to-fix.csv">restricted/to-fix.csv</a></li>
<% } %>
<li><a href="../../today.html">today.html</a>, the whole day</li>
</ul>
</nav>`;

/** Template of the small print: what was read, by what, for whom. */
export const smallPrintHtml = `
<footer class="small">
<h2>Small print</h2>
<dl>
<dt>File</dt>
<dd><%= it.receipt.file.name %>, <%= it.counted(it.receipt.file.size, 'byte') %>,
<%= it.receipt.file.rows === null ? 'rows not known' : it.counted(it.receipt.file.rows, 'row') %></dd>
<dt>SHA-256</dt>
<dd><code><%= it.receipt.file.sha256 %></code></dd>
<dt>Mapping</dt>
<dd><%= it.receipt.mapping.name %> (<%= it.receipt.mapping.api %>),
SHA-256 <code><%= it.receipt.mapping.sha256 %></code></dd>
<% for (const part of it.receipt.mapping.parts ?? []) { %>
<dd><%= part.name %>, SHA-256 <code><%= part.sha256 %></code></dd>
<% } %>
<dt>Environment</dt>
<dd><%= it.receipt.environment %></dd>
<dt>Owner</dt>
<dd><%= it.owner %></dd>
<dt>Tool</dt>
<dd><%= it.receipt.tool %></dd>
</dl>
</footer>`;
