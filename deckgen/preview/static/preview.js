// The preview: keeps the place while the talk changes.

import {
  byId, clicks, follow, foreign, letGo, numbers, placeOf, plural, prefetch, put, say, showNotes, shownInTalk, slidePicture,
  speak, swap, toast, write,
} from "./page.js";
import { mark, showSlides, thumb } from "./rail.js";
import { showProblems } from "./problems.js";
import { showHandout, turnTo } from "./handout.js";

const PAIRS = {
  building: "Building deck and handout",
  built: "Deck and handout are in step",
  failed: "Not built: there are errors",
  gone: "deckgen has ended; started again, it opens a new page",
};
let state = null;
let place = 0;

const slides = () => state?.talk?.slides ?? [];
const current = () => slides()[place];

function show(next) {
  const before = state;
  const id = before ? current()?.id : decodeURIComponent(location.hash.slice(1));
  state = next;
  showProblems(next, open, choose);
  tellPair(next.pair);
  document.title = `${next.problems.some(isError) ? "✕ " : ""}${next.talk?.title ?? next.name} · deckgen`;
  write(byId("talk"), next.talk, next.talk?.title, next.name);
  const edits = next.editor ? "open the slide in the editor" : "copy the place of the slide in the source";
  byId("keys-edit").textContent = edits;
  document.body.classList.toggle("stale", next.stale);
  showHandout(next, choose, () => showSlide(place));
  if (next.talk) {
    document.documentElement.style.setProperty("--ratio", next.talk.ratio);
    speak(next.talk, byId("slides"), byId("notes"), byId("slide"));
    showSlides(next, choose);
    const same = slides().findIndex((slide) => slide.id === id);
    const turn = !before?.talk || handoutChanged(before, next);
    showSlide(same >= 0 ? same : Math.min(place, slides().length - 1), turn);
  }
  byId("welcome").hidden = Boolean(next.talk);
  if (next.stale) byId("welcome").textContent = "The slides come up as soon as the errors are mended.";
  document.querySelector(".slide").hidden = document.querySelector(".notes").hidden = !next.talk;
  if (before) announce(before, next);
}

const isError = (problem) => problem.severity === "error";
const handoutChanged = (before, next) => before.handouts[0]?.digest !== next.handouts[0]?.digest;

function tellPair(pair) {
  byId("pair").dataset.pair = pair;
  byId("pair").textContent = PAIRS[pair];
}

/** Says what is new: errors first, then the slides that changed. */
function announce(before, next) {
  const errors = next.problems.filter(isError);
  if (errors.length && JSON.stringify(errors) !== JSON.stringify(before.problems.filter(isError))) {
    say(`${plural(errors.length, "error")}: ${errors[0].place.text}: ${errors[0].message}`);
    return;
  }
  const mended = before.problems.some(isError) && !errors.length ? "No errors any more. " : "";
  const old = new Set((before.talk?.slides ?? []).map(({ digest }) => digest));
  const changed = slides().filter(({ digest }) => !old.has(digest));
  if (before.talk && changed.length) {
    const labels = changed.map(({ label }) => label).join(", ");
    say(`${mended}${changed.length > 3 ? plural(changed.length, "slide") : `Slide ${labels}`} changed`);
  } else if (mended) {
    say(mended);
  } else if (before.pair === "building" && next.pair === "built") {
    say("Deck and handout are built");
  }
}

function showSlide(wanted, turn = true) {
  place = Math.max(0, wanted);
  const slide = current();
  if (!slide) return;
  const image = byId("slide");
  const width = image.parentElement.clientWidth || 960;
  const address = slidePicture(slide, width);
  const same = image.dataset.slide === slide.id;
  image.dataset.slide = slide.id;
  (same ? swap(image, address) : put(image, address, thumb(slide.id))).then(() => {
    if (image.dataset.wanted !== address) return;
    for (const near of [slides()[place + 1], slides()[place - 1]]) if (near) prefetch(slidePicture(near, width));
  });
  image.alt = slide.text || slide.title;
  write(byId("slide-title"), state.talk, slide.title, "Without a title");
  byId("slide-place").textContent = slide.place.text;
  byId("slide-place").title = state.editor ? "Open in the editor" : "Copy";
  showNotes(slide, byId("stage"));
  mark(slide.id);
  const page = turnTo(slide, turn);
  byId("slide-facts").textContent = facts(slide, page);
  history.replaceState(null, "", `#${encodeURIComponent(slide.id)}`);
}

function facts(slide, page) {
  const section = state.talk.sections[slide.section];
  const told = [`Slide ${slide.label} of ${shownInTalk(slides())}`];
  if (section && section !== slide.title) told.push(section);
  if (slide.parts > 1) told.push(`part ${slide.part} of ${slide.parts}`);
  if (slide.hidden) told.push("hidden");
  if (slide.steps) told.push(plural(slide.steps, "click"));
  if (slide.minutes) told.push(`${slide.minutes} min`);
  if (page) told.push(`handout page ${page}`);
  return told.join("  ·  ");
}

/** Shows the slide of an id, or the first of an entry of the source. */
function choose(id) {
  const own = slides().findIndex((slide) => slide.id === id);
  const found = own >= 0 ? own : slides().findIndex((slide) => slide.source === id);
  if (found >= 0) showSlide(found);
}

function walk(wanted) {
  const last = slides().length - 1;
  showSlide(Math.min(Math.max(wanted, 0), last));
  if (current() && !byId("slides").contains(document.activeElement)) say(`Slide ${current().label}: ${current().title}`);
}

/** Opens a place in the editor, or copies it where there is none. */
async function open(where) {
  if (!state.editor) {
    try {
      await navigator.clipboard.writeText(where.text);
      toast(`Copied ${where.text}`);
    } catch {
      toast(where.text);
    }
    return;
  }
  const answer = await fetch("open", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ file: where.file, line: where.line }),
  });
  const problem = answer.ok ? await answer.text() : "The editor could not be asked";
  toast(problem || `Opened ${where.text}`);
}

function toggleHandout() {
  const hidden = document.body.classList.toggle("alone");
  byId("toggle-handout").setAttribute("aria-pressed", String(!hidden));
  localStorage.setItem("deckgen handout", hidden ? "hidden" : "shown");
  if (current()) showSlide(place);
}

const APPEARANCES = { "": "Auto", light: "Light", dark: "Dark" };
function appear(appearance) {
  document.documentElement.dataset.appearance = appearance;
  const name = APPEARANCES[appearance] ?? APPEARANCES[""];
  byId("appearance").textContent = name;
  byId("appearance").setAttribute("aria-label", `Appearance: ${name}`);
  localStorage.setItem("deckgen appearance", appearance);
}

function nextAppearance() {
  const names = Object.keys(APPEARANCES);
  appear(names[(names.indexOf(document.documentElement.dataset.appearance ?? "") + 1) % names.length]);
}

const on = () => walk(place + 1);
const back = () => walk(place - 1);
const present = () => location.assign(`presenter#${encodeURIComponent(current()?.id ?? "")}`);
const edit = () => current() && open(current().place);
const keys = {
  ArrowDown: on, ArrowRight: on, PageDown: on, j: on,
  ArrowUp: back, ArrowLeft: back, PageUp: back, k: back,
  Home: () => walk(0), End: () => walk(slides().length - 1),
  e: edit, h: toggleHandout, p: present, "?": () => byId("keys").showModal(),
};
const number = numbers((label) => {
  const found = placeOf(slides(), label);
  if (found >= 0) walk(found);
  else toast(`There is no slide ${label}`);
});

document.addEventListener("keydown", (event) => {
  if (foreign(event)) return;
  if (number(event)) {
    event.preventDefault();
    return;
  }
  // The arrows scroll what is longer than its place.
  if (clicks(event) || (event.key.startsWith("Arrow") && event.target.closest("pre, #pages"))) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
byId("present").addEventListener("click", present);
byId("slide-place").addEventListener("click", edit);
byId("toggle-handout").addEventListener("click", toggleHandout);
byId("appearance").addEventListener("click", nextAppearance);
byId("show-keys").addEventListener("click", () => byId("keys").showModal());
window.addEventListener("hashchange", () => choose(decodeURIComponent(location.hash.slice(1))));
new ResizeObserver(([{ contentRect }]) => {
  if (current()) swap(byId("slide"), slidePicture(current(), contentRect.width));
}).observe(document.querySelector(".frame"));
letGo();
appear(localStorage.getItem("deckgen appearance") ?? "");
if (localStorage.getItem("deckgen handout") === "hidden") toggleHandout();
follow(show, (lost) => {
  if (lost) tellPair("gone");
  else if (state) tellPair(state.pair);
});
