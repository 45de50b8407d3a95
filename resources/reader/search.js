/* Searches the bundle's own database with SQLite compiled to WebAssembly; nothing is fetched from anywhere. */
"use strict";

(function () {
  const REFERENCE = /[A-Za-z]{2,6}\d{5,10}(?:[_/]\d{1,4})?|[A-Za-z]{1,6}-[A-Za-z]?\d{1,5}|\d{1,4}[A-Za-z]{0,2}(?:\([A-Za-z0-9]{1,4}\))+|\d+(?:\.\d+)+/g;
  const LABEL = /\b(?:sections?|sect?|ss?)\.?\s+(\d{1,4}[A-Za-z]{0,2}(?:\([A-Za-z0-9]{1,4}\))*)/gi;
  const MARK_START = "\uE000", MARK_END = "\uE001";

  function addScript(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = "assets/" + name;
      script.onload = resolve;
      script.onerror = () => reject(new Error(name + " is missing from the folder"));
      document.head.append(script);
    });
  }

  async function bytesOf(base64) {
    let packed;
    if (Uint8Array.fromBase64) {
      packed = Uint8Array.fromBase64(base64);
    } else {
      const text = atob(base64);
      packed = new Uint8Array(text.length);
      for (let at = 0; at < text.length; at++) packed[at] = text.charCodeAt(at);
    }
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  async function open(tell) {
    tell("Loading the search engine…");
    await addScript("engine.js");
    // The module builds addresses from its own, which a blob does not have; none of them is ever asked for.
    const source = CASE_ENGINE.source.replaceAll("import.meta.url", '"file:///engine/"');
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const engine = await import(url);
    const program = await bytesOf(CASE_ENGINE.wasm);
    const sqlite = await engine.default({ wasmBinary: program, print: () => {}, printErr: () => {} });
    tell("Loading the documents' text…");
    await addScript("database.js");
    const content = await bytesOf(CASE_DATABASE.gzip);
    delete globalThis.CASE_DATABASE;
    delete globalThis.CASE_ENGINE;
    const database = new sqlite.oo1.DB();
    const place = sqlite.wasm.allocFromTypedArray(content);
    const result = sqlite.capi.sqlite3_deserialize(database.pointer, "main", place, content.length, content.length,
      sqlite.capi.SQLITE_DESERIALIZE_FREEONCLOSE);
    database.checkRc(result);
    return database;
  }

  const quoted = (text) => '"' + text.replaceAll('"', '""') + '"';
  const token = (reference) => reference.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "");
  const inTerms = (name) => "{terms} : " + quoted(name);

  /* One word: a reference, a beginning*, or a word with all words of the same stem. */
  function word(text, database) {
    const bare = text.replace(/[\u2018\u2019]/g, "'");
    if (new RegExp("^(?:" + REFERENCE.source + ")$").test(bare)) return inTerms(token(bare));
    if (bare.endsWith("*")) {
      const start = bare.slice(0, -1);
      if (!start || start.includes("*")) throw new Error("A * stands only at the end of a word.");
      return quoted(start) + " *";
    }
    if (bare.includes("*") || bare.includes("?")) throw new Error("A * stands only at the end of a word, and ? nowhere.");
    const folded = bare.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    const same = database.selectValues(
      "SELECT word FROM word WHERE stem = (SELECT stem FROM word WHERE word = ?1) AND word <> ?1 LIMIT 40", [folded]);
    const all = [bare, ...same].map((item) => "{text} : " + quoted(item));
    return all.length === 1 ? all[0] : "(" + all.join(" OR ") + ")";
  }

  /* What a person typed as an FTS5 expression; throws a sentence for what cannot be understood. */
  function compile(query, database) {
    const held = [];
    const keep = (expression) => "\uE010" + (held.push(expression) - 1) + "\uE011";
    let text = query.replace(/[\u201C\u201D]/g, '"');
    text = text.replace(/"([^"]*)"(?:~(\d{1,3}))?/g, (_, phrase, near) => {
      if (!phrase.trim()) throw new Error("There is nothing between the quotation marks.");
      if (!near) return keep("{text} : " + quoted(phrase));
      return keep("NEAR(" + phrase.trim().split(/\s+/).map(quoted).join(" ") + ", " + Math.max(0, near - 1) + ")");
    });
    if (text.includes('"')) throw new Error("A quotation mark is not closed.");
    text = text.replace(LABEL, (_, number) => keep(inTerms("s_" + token(number))));
    text = text.replace(REFERENCE, (reference) => keep(inTerms(token(reference))));
    const parts = text.match(/[()]|[^\s()]+/g) || [];
    const out = [];
    let depth = 0, wantsTerm = true;
    for (const part of parts) {
      if (part === "AND" || part === "OR" || part === "NOT") {
        if (wantsTerm) throw new Error(part + " needs words on both sides.");
        out.push(part); wantsTerm = true;
      } else if (part === ")") {
        if (wantsTerm || --depth < 0) throw new Error("The brackets do not match.");
        out.push(part);
      } else {
        if (!wantsTerm) out.push("AND");
        if (part === "(") { depth++; out.push(part); wantsTerm = true; continue; }
        const kept = /^\uE010(\d+)\uE011$/.exec(part);
        out.push(kept ? held[kept[1]] : term(part, held, database));
        wantsTerm = false;
      }
    }
    if (depth) throw new Error("The brackets do not match.");
    if (!out.length) throw new Error("Type a word to search for.");
    if (wantsTerm) throw new Error(out.at(-1) + " needs words on both sides.");
    return out.join(" ");
  }

  function term(part, held, database) {
    const pieces = part.split(/(\uE010\d+\uE011)/).filter((piece) => /[\p{L}\p{N}\uE010]/u.test(piece));
    if (!pieces.length) throw new Error("“" + part + "” holds no letters or digits.");
    return "(" + pieces.map((piece) => {
      const kept = /^\uE010(\d+)\uE011$/.exec(piece);
      return kept ? held[kept[1]] : word(piece, database);
    }).join(" AND ") + ")";
  }

  function find(database, query, limit) {
    const expression = compile(query, database);
    const total = database.selectValue("SELECT count(*) FROM page_search WHERE page_search MATCH ?", [expression]);
    const rows = database.selectObjects(
      "SELECT page.urn AS urn, page.page AS page, snippet(page_search, 0, ?2, ?3, '…', 28) AS snippet " +
      "FROM page_search JOIN page ON page.id = page_search.rowid WHERE page_search MATCH ?1 ORDER BY rank LIMIT ?4",
      [expression, MARK_START, MARK_END, limit]);
    return { total, rows };
  }

  globalThis.CaseSearch = { open, find, compile, MARK_START, MARK_END };
})();
