// Single keys, for officers who switched them on: docs/how-to/work-at-the-desk.md tells the markup.
"use strict";
(() => {
  const help = document.getElementById("keys");
  const link = (row) => row.querySelector("th a[href], a[href]");
  const box = (row) => row.querySelector("input[type=checkbox]");
  const rows = () =>
    [...document.querySelectorAll("[data-rows]")].flatMap((list) => [...list.children].filter(link));
  const current = () => rows().find((row) => row.contains(document.activeElement));
  const controls = () => [...document.querySelectorAll("[data-key]")];
  const words = (one) =>
    one.dataset.keyWords || one.getAttribute("aria-label") || one.placeholder || one.textContent;

  const move = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    const row = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (!row) return false;
    link(row).focus();
    row.scrollIntoView({ block: "nearest" });
    return true;
  };

  const tick = (row) => {
    if (!row || !box(row)) return false;
    box(row).click();
    return true;
  };

  const press = (one) => {
    const nothing = !one.form?.querySelector("[data-rows] input:checked");
    if ("onRow" in one.dataset && nothing && !tick(current())) return false;
    one.focus();
    if (!one.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit])")) one.click();
    return true;
  };

  const onRow = (key, row) => {
    const keys = row?.parentElement.dataset.rowKeys || "";
    const part = keys.split(" ").find((one) => one.startsWith(key + ":"));
    if (part) location.assign(link(row).href + part.slice(2));
    return Boolean(part);
  };

  const show = () => {
    const list = help.querySelector("dl");
    list.querySelectorAll(".own").forEach((one) => one.remove());
    for (const one of controls()) {
      const pair = ["dt", "dd"].map((name) => document.createElement(name));
      pair[0].append(Object.assign(document.createElement("kbd"), { textContent: one.dataset.key }));
      pair[1].textContent = words(one).trim();
      pair.forEach((each) => each.classList.add("own"));
      list.append(...pair);
    }
    help.showModal();
    return true;
  };

  const does = (key) => {
    if (key === "?") return show();
    if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
    const row = current();
    if (key === "x" && row) return tick(row);
    if (key === "o" && row) return link(row).click() || true;
    const one = controls().find((other) => other.dataset.key === key && !other.disabled);
    return one ? press(one) : onRow(key, row);
  };

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || help.open) return;
    if (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])")) return;
    if (does(key)) event.preventDefault();
  });
})();
