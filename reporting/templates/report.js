"use strict";
// Makes tables sortable and searchable. Without it every table is there, and whole.
(() => {
  const FIRST = 50;
  const SPARE = 10;
  const words = new Intl.Collator("en", { numeric: true });

  const number = (text) => parseFloat(text.replace(/[,\s]/g, ""));

  // Rows in the order of one column; what is missing stands last.
  const sorted = (rows, place, isNumber, sign) => {
    const keyed = rows.map((row) => {
      const text = row.cells[place].textContent.trim();
      const key = isNumber ? number(text) : text;
      const isMissing = isNumber ? Number.isNaN(key) : text === "–";
      return { row, key, isMissing };
    });
    keyed.sort((a, b) => {
      if (a.isMissing || b.isMissing) return a.isMissing - b.isMissing;
      return sign * (isNumber ? a.key - b.key : words.compare(a.key, b.key));
    });
    return keyed.map((each) => each.row);
  };

  const makeSortable = (table) => {
    const heads = [...table.querySelectorAll("th[data-column]")];
    const body = table.tBodies[0];
    for (const head of heads) {
      const isNumber = head.classList.contains("number");
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        const first = isNumber ? "descending" : "ascending";
        const second = isNumber ? "ascending" : "descending";
        const now = was === first ? second : first;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", now);
        const place = Number(head.dataset.column);
        const sign = now === "ascending" ? 1 : -1;
        body.append(...sorted([...body.rows], place, isNumber, sign));
      });
    }
  };

  // The first rows are shown until somebody wants all, or looks for something.
  const makeShort = (grid, table) => {
    const body = table.tBodies[0];
    const size = body.rows.length;
    if (size <= FIRST + SPARE) return;
    body.classList.add("short");
    const line = document.createElement("p");
    line.className = "more all";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Show all ${size.toLocaleString("en")} rows`;
    button.addEventListener("click", () => {
      body.classList.remove("short");
      line.remove();
      body.rows[FIRST].scrollIntoView({ block: "nearest" });
    });
    line.append(`The first ${FIRST} rows are shown. `, button);
    grid.querySelector(".scroll").after(line);
  };

  const makeSearchable = (grid, table, number) => {
    const rows = [...table.tBodies[0].rows];
    let texts;
    const bar = document.createElement("p");
    bar.className = "search";
    const label = document.createElement("label");
    label.htmlFor = `search-${number}`;
    label.textContent = "Search";
    const input = document.createElement("input");
    input.type = "search";
    input.id = label.htmlFor;
    input.autocomplete = "off";
    const told = document.createElement("output");
    told.htmlFor = input.id;
    bar.append(label, input, told);
    grid.prepend(bar);
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      texts ??= rows.map((row) => row.textContent.toLowerCase());
      table.tBodies[0].classList.toggle("sought", wanted.length > 0);
      let shown = 0;
      rows.forEach((row, place) => {
        row.hidden = !wanted.every((word) => texts[place].includes(word));
        shown += !row.hidden;
      });
      told.textContent = wanted.length
        ? `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows`
        : "";
    });
  };

  document.querySelectorAll(".grid").forEach((grid, number) => {
    const table = grid.querySelector("table");
    if (table.tBodies[0].rows.length > 1) makeSortable(table);
    if ("search" in grid.dataset) makeSearchable(grid, table, number);
    makeShort(grid, table);
  });
})();
