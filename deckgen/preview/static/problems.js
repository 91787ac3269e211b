// The findings above everything else: errors in full, warnings to be opened.

import { byId, element, plural } from "./page.js";

let shown = "";

/** Shows the problems of a state; `open` is called with a place, `choose` with the id of a slide. */
export function showProblems({ problems, stale, talk }, open, choose) {
  const told = JSON.stringify([problems, stale, Boolean(talk)]);
  if (told === shown) return;
  shown = told;
  const panel = byId("problems");
  const errors = problems.filter((problem) => problem.severity === "error");
  const warnings = problems.filter((problem) => problem.severity === "warning");
  const wasOpen = panel.querySelector("details")?.open ?? false;
  const one = (problem) => finding(problem, talk, open, choose);
  const parts = [];
  if (errors.length) {
    const meanwhile = stale && talk ? " The slides are those from before." : "";
    parts.push(
      element("p", { class: "sum" }, `${plural(errors.length, "error")}.`, element("span", {}, meanwhile)),
      element("ol", {}, ...errors.map(one)),
    );
  }
  if (warnings.length) {
    const sum = element("summary", { class: "sum" }, plural(warnings.length, "warning"));
    parts.push(element("details", { open: wasOpen }, sum, element("ol", {}, ...warnings.map(one))));
  }
  panel.classList.toggle("bad", errors.length > 0);
  panel.hidden = !parts.length;
  const held = panel.contains(document.activeElement);
  panel.replaceChildren(...parts);
  if (held) panel.focus({ preventScroll: true });
}

function finding({ severity, place, column, message, hint, slide, excerpt, caret }, talk, open, choose) {
  const head = [element("span", { class: "severity" }, severity === "error" ? "Error" : "Warning")];
  if (place.text) {
    const text = place.line ? `${place.text}:${column}` : place.text;
    head.push(element("button", { class: "place", onclick: () => open(place) }, text));
  }
  const about = talk?.slides.find((each) => each.id === slide);
  if (about) head.push(element("button", { class: "place", onclick: () => choose(slide) }, `slide ${about.label}`));
  const parts = [element("div", { class: "head" }, ...head), element("p", { class: "message" }, message)];
  if (excerpt !== undefined) {
    const number = `${place.line} | `;
    const under = element("span", { class: "caret", "aria-hidden": "true" }, `${" ".repeat(number.length + caret)}^`);
    const line = element("pre", { tabindex: 0 }, element("span", { class: "number" }, number), `${excerpt}\n`, under);
    parts.push(line);
  }
  if (hint) parts.push(element("p", { class: "hint" }, hint));
  return element("li", { class: "problem", "data-severity": severity }, ...parts);
}
