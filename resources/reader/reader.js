/* Shows the case study. Every text of the case is put in as text, never as markup. */
"use strict";

(function () {
  const data = globalThis.CASE_DATA;
  const main = document.getElementById("main");
  const input = document.getElementById("query");
  const engine = document.getElementById("engine");
  const LIMIT = 50;
  const documents = new Map(data.documents.map((item) => [item.urn, item]));
  const excerpts = new Map(data.excerpts.map((item) => [item.ref, item]));
  let database = null;

  function node(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) if (value) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }
  const text = (value) => node("bdi", {}, value);
  const pdf = (urn, page) => "documents/" + encodeURIComponent(urn) + ".pdf" + (page ? "#page=" + page : "");
  const heading = (title) => node("h2", {}, title);
  const empty = (sentence) => node("p", { class: "quiet" }, sentence);
  const counted = (number, noun) => number.toLocaleString("en-GB") + " " + noun + (number === 1 ? "" : "s");

  function notes(refs) {
    return refs.map((ref) => node("sup", {}, node("a", { href: "#ref=" + ref, "aria-label": "Source " + ref }, ref)));
  }

  function quotation(item) {
    return node("blockquote", { id: "quote-" + item.ref },
      !item.quote ? node("p", {}, node("mark", {}, "An area of the page, without words")) :
      node("p", {}, node("span", { class: "around" }, "…" + item.prefix.replace(/\s+/g, " ")),
        node("mark", {}, item.quote.replace(/\s+/g, " ")),
        node("span", { class: "around" }, item.suffix.replace(/\s+/g, " ") + "…")),
      item.continues ? node("p", { class: "quiet" }, "Goes on from ", node("a", { href: "#ref=" + item.continues }, item.continues)) : null,
      node("p", {}, node("a", { href: pdf(item.urn, item.page) }, item.ref + ": " + item.reference), " ",
        text((documents.get(item.urn) || { title: "" }).title)),
      item.withdrawn ? node("p", { class: "warning" }, "Withdrawn: ", text(item.withdrawn)) : null,
      item.note ? node("p", { class: "quiet" }, "Note: ", text(item.note)) : null,
      item.cited_by.length ? node("p", { class: "quiet" }, "Cited by: ", text(item.cited_by.join("; "))) : null,
      item.links.some((link) => link.name)
        ? node("p", {}, ...item.links.filter((link) => link.name)
            .map((link) => node("span", { class: "tag" }, link.to + ": " + link.name + " (" + link.stance + ")"))) : null);
  }

  function overview() {
    const study = data.case_study;
    const facts = node("dl", { class: "facts" });
    const row = (name, ...what) => facts.append(node("dt", {}, name), node("dd", {}, ...what));
    row("Period", study.period_in_words || "not stated");
    row("Why this case study", text(study.reason || "not stated"));
    if (study.alternatives.length) row("Considered instead", ...study.alternatives.map((item) => node("div", {}, text(item))));
    row("Status", study.status);
    row("Institutions", ...data.institutions.map((item) => node("div", {}, text(item.name), " ", node("span", { class: "tag" }, item.kind))));
    row("Scope", ...study.scope.map((item) => node("div", {}, node("strong", {}, item.number + " "), text(item.text))));
    row("Holds", counted(data.documents.length, "document") + ", " + counted(data.excerpts.length, "excerpt") + ", " +
      counted(data.events.length, "event") + ", " + counted(data.findings.length, "finding"));
    row("Context", counted(data.documents.filter((item) => item.is_context).length, "document") + " that nothing cites");
    row("Left out", counted(data.about.documents_left_out, "document") + " of the case that this case study does not cite",
      ...(data.left_out.length ? [" ", node("a", { href: "#left-out" }, "Which, and why")] : []));
    return [heading("Overview"), facts];
  }

  function timeline() {
    if (!data.events.length) return [heading("Timeline"), empty("No events bear on this case study.")];
    const list = node("ol", { class: "time" }, ...data.events.map((item) => node("li", { id: "event-" + item.ref },
      node("span", { class: "when" }, item.on_in_words),
      node("span", {}, text(item.title), " ", item.status === "agreed" ? "" : node("span", { class: "tag" }, item.status), ...notes(item.sources)),
      item.dispute ? node("span", { class: "what quiet" }, "Disputed: ", text(item.dispute)) : null,
      node("span", { class: "what quiet" }, [...item.institutions, ...item.people].join(", ") + (item.words ? " – in the source: “" + item.words + "”" : "")))));
    return [heading("Timeline"), empty("Ordered by the earliest day that a date can mean."), list];
  }

  function assessments() {
    if (!data.assessments.length) return [heading("Assessments"), empty("Nothing has been assessed yet.")];
    return [heading("Assessments"), ...data.assessments.map((item) => node("section", { class: "card", id: "assessment-" + item.ref },
      node("h3", {}, text(item.institution), " – scope " + item.scope + (item.period_in_words ? ", " + item.period_in_words : "")),
      node("p", {}, node("span", { class: "rating", "data-rating": item.rating }, item.rating),
        item.confidence ? node("span", { class: "quiet" }, "  confidence " + item.confidence) : null),
      node("p", {}, text(item.reasoning)),
      node("p", {}, node("strong", {}, "Standard: "), item.standards.join("; ") || "none stated"),
      node("p", {}, node("strong", {}, "For: "), ...(item.for.length ? notes(item.for) : ["none"])),
      node("p", {}, node("strong", {}, "Against: "), ...(item.against.length ? notes(item.against) : ["none"])),
      item.gaps.length ? node("p", {}, node("strong", {}, "Gaps: "), text(item.gaps.join(" "))) : null))];
  }

  function findings() {
    const shown = [heading("Findings")];
    if (!data.findings.length) shown.push(empty("No finding has been made yet."));
    data.findings.forEach((item) => shown.push(node("section", { class: "card" },
      node("h3", {}, "Finding " + item.number + " ", item.title ? text(item.title) : null, " ",
        node("span", { class: "tag" }, item.kind), item.status === "settled" ? null : node("span", { class: "tag" }, item.status)),
      node("p", {}, ...item.sentences.flatMap((sentence) => [text(sentence.text), ...notes(sentence.evidence), " "])))));
    if (data.lessons.length) shown.push(heading("Lessons learned"), node("ul", { class: "numbered" }, ...data.lessons.map((item) => node("li", {}, text(item.number + "  " + item.text)))));
    if (data.recommendations.length) shown.push(heading("Recommendations"), node("ul", { class: "numbered" }, ...data.recommendations.map((item) =>
      node("li", {}, text(item.number + "  " + item.text), " ", node("span", { class: "quiet" }, [item.addressee, item.deadline && "within " + item.deadline, item.due_in_words && "by " + item.due_in_words].filter(Boolean).join(", ")),
        ...item.responses.map((said) => node("p", { class: "quiet" }, text(said)))))));
    return shown;
  }

  function standardCard(item) {
    return node("section", { class: "card" }, node("h3", {}, item.ref + " ", text(item.title)),
      node("p", { class: "quiet" }, [item.from && "from " + item.from, item.until && "until " + item.until].filter(Boolean).join(", ")),
      item.excerpt ? node("p", {}, "Written in ", ...notes([item.excerpt])) : null);
  }

  function searchCard(item) {
    return node("section", { class: "card" }, node("h3", {}, item.ref + " Looked for and not found"),
      node("p", {}, text("“" + item.sought + "”"), item.among ? " in " + item.among : "", item.period_in_words ? ", " + item.period_in_words : ""),
      node("p", {}, "By the query ", text(item.query), " on " + item.searched_on + ", in " + counted(item.documents, "document") + " with " + counted(item.pages, "page") + "."),
      item.not_searchable.length ? node("p", {}, "Could not be searched: ", text(item.not_searchable.join(" "))) : null,
      item.conclusion ? node("p", {}, text(item.conclusion)) : null);
  }

  function sources() {
    return [heading("Excerpts"), ...data.excerpts.map(quotation),
      ...(data.standards.length ? [heading("Standards"), ...data.standards.map(standardCard)] : []),
      ...(data.searches.length ? [heading("Searches that found nothing"), ...data.searches.map(searchCard)] : [])];
  }

  function listed(caption, columns, rows) {
    return node("table", {}, node("caption", {}, caption),
      node("thead", {}, node("tr", {}, ...columns.map((name) => node("th", { scope: "col" }, name)))), node("tbody", {}, ...rows));
  }

  function leftOut() {
    const row = (item) => node("tr", {}, node("td", {}, item.urn), node("td", {}, text(item.title)), node("td", {}, text(item.reason)));
    const columns = ["Reference", "Document", "Why it is not here"];
    const [about, other] = [data.left_out.filter((item) => item.is_about), data.left_out.filter((item) => !item.is_about)];
    const told = counted(data.left_out.length, "document") + " of the case " + (data.left_out.length === 1 ? "is" : "are") + " not in this bundle.";
    return [heading("Left out"), empty(told + " The list is for the team and goes to nobody else."),
      about.length ? listed("About what this case study looks at, or cited by it", columns, about.map(row)) : empty("None of them is about what this case study looks at."),
      other.length ? node("details", {}, node("summary", {}, counted(other.length, "other document")), listed("All other documents of the case", columns, other.map(row))) : ""];
  }

  function papers() {
    const table = node("table", {}, node("caption", {}, "Excerpts are highlighted in the documents."),
      node("thead", {}, node("tr", {}, ...["Reference", "Document", "Date", "Pages"].map((name) => node("th", { scope: "col" }, name)))));
    const rows = data.documents.map((item) => node("tr", {},
      node("td", {}, node("a", { href: pdf(item.urn) }, item.urn)),
      node("td", {}, text(item.title), " ", node("span", { class: "tag" }, item.kind),
        item.is_context ? node("span", { class: "tag" }, "context: nothing cites it") : null,
        item.notice ? node("div", { class: "warning" }, item.notice) : null, item.author ? node("div", { class: "quiet" }, item.author) : null),
      node("td", {}, item.on_in_words), node("td", { class: "number" }, String(item.pages))));
    table.append(node("tbody", {}, ...rows));
    return [heading("Documents"), table];
  }

  function one(ref) {
    const item = excerpts.get(ref);
    if (item) return [heading("Source " + ref), quotation(item), node("p", {}, node("a", { href: "#excerpts" }, "All excerpts"))];
    if (ref.startsWith("T")) return timeline();
    if (ref.startsWith("A")) return assessments();
    const standard = data.standards.find((entry) => entry.ref === ref);
    if (standard) return [heading("Source " + ref), standardCard(standard)];
    const search = data.searches.find((entry) => entry.ref === ref);
    if (search) return [heading("Source " + ref), searchCard(search)];
    return [heading("Source " + ref), empty("There is no source of this name.")];
  }

  function snippet(value) {
    const made = node("p", {});
    value.split(CaseSearch.MARK_START).forEach((part, number) => {
      if (!number) { made.append(part); return; }
      const [found, rest] = part.split(CaseSearch.MARK_END);
      made.append(node("mark", {}, found), rest || "");
    });
    return made;
  }

  function hits(query) {
    if (!database) return [heading("Search"), empty("The search is still being prepared.")];
    const started = performance.now();
    let found;
    try {
      found = CaseSearch.find(database, query, LIMIT);
    } catch (error) {
      return [heading("Search"), node("p", { id: "total", role: "status" }, "Not understood: " + error.message)];
    }
    const time = Math.round(performance.now() - started);
    const without = data.documents.reduce((sum, item) => sum + item.pages_without_text, 0);
    const list = node("ol", { class: "hits" }, ...found.rows.map((row) => node("li", {},
      node("a", { href: pdf(row.urn, row.page), "data-urn": row.urn, "data-page": String(row.page) }, row.urn + " page " + row.page), " ",
      text((documents.get(row.urn) || { title: "" }).title), snippet(row.snippet))));
    return [heading("Search"), node("p", { id: "total", role: "status", "data-total": String(found.total), "data-ms": String(time) },
      counted(found.total, "page") + " found" + (found.total > LIMIT ? ", the best " + LIMIT + " are shown" : "") +
      (without ? ". " + counted(without, "page") + " without text could not be searched" : "") + "."),
      found.total ? list : empty("Try fewer words, another spelling, or the beginning of a word with *.")];
  }

  const PARTS = [["overview", "Overview", overview], ["timeline", "Timeline", timeline], ["assessments", "Assessments", assessments],
    ["findings", "Findings", findings], ["excerpts", "Excerpts", sources], ["documents", "Documents", papers],
    ...(data.left_out.length ? [["left-out", "Left out", leftOut]] : [])];

  function show() {
    const wanted = decodeURIComponent(location.hash.slice(1)) || "overview";
    const [name, value] = [wanted.split("=")[0], wanted.slice(wanted.indexOf("=") + 1)];
    let content;
    if (name === "search") { input.value = value; content = hits(value); }
    else if (name === "ref") content = one(value);
    else if (name === "main") return;
    else content = (PARTS.find((part) => part[0] === name) || PARTS[0])[2]();
    main.replaceChildren(...content);
    for (const link of document.querySelectorAll("#parts a")) {
      if (link.hash === "#" + name) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    }
    if (name === "ref" && /^[TA]/.test(value)) {
      const place = document.getElementById((value[0] === "T" ? "event-" : "assessment-") + value);
      if (place) place.scrollIntoView();
    }
  }

  document.title = data.case_study.title;
  document.getElementById("title").textContent = data.case_study.title;
  document.getElementById("investigation").textContent = data.case_study.investigation;
  document.getElementById("about").textContent = "As the case stood on " + data.about.made_on + ". Head of its history: " +
    data.about.history_head + ". " + data.about.program + ".";
  document.getElementById("parts").append(...PARTS.map(([name, title]) => node("li", {}, node("a", { href: "#" + name }, title))));
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = "search=" + encodeURIComponent(input.value);
  });
  addEventListener("hashchange", () => { show(); main.focus({ preventScroll: true }); scrollTo(0, 0); });
  show();

  const started = performance.now();
  CaseSearch.open((sentence) => { engine.textContent = sentence; }).then((opened) => {
    database = opened;
    engine.textContent = "Ready. " + counted(data.documents.reduce((sum, item) => sum + item.pages, 0), "page") + " can be searched.";
    document.body.dataset.ready = String(Math.round(performance.now() - started));
    if (location.hash.startsWith("#search=")) show();
  }).catch((error) => {
    engine.textContent = "The search cannot be used in this browser: " + error.message;
    document.body.dataset.failed = error.message;
  });
})();
