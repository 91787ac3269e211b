// The presenter's view: leads the windows of the audience, which hear of every slide, click and black screen.

import {
  byId, channel, clicks, follow, foreign, letGo, loadAll, numbers, placeOf, prefetch, showNotes, shownInTalk, slidePicture,
  speak, swap, toast, write,
} from "./page.js";

const audience = channel();
let state = null;
let place = 0;
let step = 0;
let black = false;

const slides = () => state?.talk?.slides ?? [];
const current = () => slides()[place];

function show(next) {
  const id = state ? current()?.id : decodeURIComponent(location.hash.slice(1));
  const first = state === null || state.talk === null;
  state = next;
  byId("welcome").hidden = Boolean(next.talk);
  if (next.stale) byId("welcome").textContent = "The slides come up as soon as the errors are mended.";
  document.querySelector(".slides").hidden = document.querySelector(".notes").hidden = !next.talk;
  if (!next.talk) return;
  document.title = `${next.talk.title} · presenter`;
  document.documentElement.style.setProperty("--ratio", next.talk.ratio);
  byId("talk").textContent = next.talk.title;
  speak(next.talk, byId("talk"), byId("notes"), byId("slide"), byId("next"));
  const same = slides().findIndex((slide) => slide.id === id);
  place = same >= 0 ? same : Math.min(place, slides().length - 1);
  step = first ? 0 : Math.min(step, current().steps);
  draw();
  loadAhead();
}

function draw() {
  const slide = current();
  if (!slide) return;
  const image = byId("slide");
  swap(image, slidePicture(slide, image.parentElement.clientWidth, step));
  image.alt = slide.text || slide.title;
  showNotes(slide, byId("notes"));
  const [onPlace, onStep] = following();
  const next = slides()[onPlace];
  byId("next").closest("figure").classList.toggle("end", !next);
  const other = next && onPlace !== place;
  write(byId("next-title"), state.talk, other && next.title, !next ? "The end" : other ? "Without a title" : "with the next click");
  if (next) {
    swap(byId("next"), slidePicture(next, byId("next").parentElement.clientWidth, onStep));
    byId("next").alt = next.title;
    prefetch(slidePicture(next, image.parentElement.clientWidth, onStep), 1000);
  }
  const clicks = slide.steps ? `\nclick ${step} of ${slide.steps}` : "";
  byId("where").textContent = `Slide ${slide.label} of ${shownInTalk(slides())}${clicks}`;
  document.body.classList.toggle("black", black);
  byId("black").setAttribute("aria-pressed", String(black));
  history.replaceState(null, "", `#${encodeURIComponent(slide.id)}`);
  tick();
  tell();
}

/** The window of the audience shows this. */
function tell() {
  if (!current()) return;
  const { ratio, language } = state.talk;
  audience.postMessage({ slide: current(), step, black, ratio, language });
}

/** The slides, from this one on and then from the first. */
const toCome = () => [...slides().slice(place), ...slides().slice(0, place)];

/** All slides are loaded while the talk goes on, here and in the window of the audience, so that it goes on even if
 * deckgen ends. */
let loading = "";
function loadAhead() {
  const wanted = slides().map(({ digest }) => digest).join();
  if (loading === wanted) return;
  loading = wanted;
  audience.postMessage({ slides: toCome() });
  loadAll(toCome(), byId("slide").parentElement.clientWidth, () => loading !== wanted);
}

/** What a click leads to: the place of a slide, and how many clicks it has had. */
function following() {
  if (step < (current()?.steps ?? 0)) return [place, step + 1];
  let next = place + 1;
  while (slides()[next]?.hidden) next++;
  return [next, 0];
}

function on() {
  const [next, at] = following();
  if (next >= slides().length) return;
  if (!running()) startTimer();
  go(next, at);
}

function back() {
  if (step > 0) {
    go(place, step - 1);
    return;
  }
  let previous = place - 1;
  while (slides()[previous]?.hidden) previous--;
  if (previous >= 0) go(previous, slides()[previous].steps);
}

function go(wanted, at = 0) {
  place = wanted;
  step = at;
  black = false;
  draw();
}

function blacken() {
  black = !black;
  draw();
}

// The time: what has gone by, and since when it runs. A reload of the page keeps it.
const timer = JSON.parse(sessionStorage.getItem("deckgen timer") ?? '{"spent": 0, "since": null}');
const running = () => timer.since !== null;
const elapsed = () => timer.spent + (running() ? Date.now() - timer.since : 0);

function keepTimer() {
  sessionStorage.setItem("deckgen timer", JSON.stringify(timer));
  tick();
}

function startTimer() {
  timer.since = Date.now();
  keepTimer();
}

function toggleTimer() {
  if (!running()) {
    startTimer();
    return;
  }
  timer.spent = elapsed();
  timer.since = null;
  keepTimer();
}

function resetTimer() {
  timer.spent = 0;
  timer.since = running() ? Date.now() : null;
  keepTimer();
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function tick() {
  const seconds = elapsed() / 1000;
  const slot = state?.talk?.minutes ?? 0;
  byId("elapsed").textContent = clock(seconds);
  byId("slot").textContent = slot ? `of ${clock(slot * 60)}` : "";
  byId("run").textContent = running() ? "Pause" : seconds ? "Go on" : "Start";
  byId("progress").value = slot ? Math.min(1, seconds / (slot * 60)) : 0;
  const late = seconds ? behind(seconds / 60, slot) : 0;
  const words = Math.abs(late) < 0.5 ? "on time" : `${Math.round(Math.abs(late))} min ${late > 0 ? "behind" : "ahead"}`;
  byId("pace").textContent = late === null || !seconds ? "" : words;
  byId("pace").toggleAttribute("data-late", late !== null && late >= 0.5);
}

/** By how many minutes the talk is behind what the minutes of its slides add up to; null where they don't tell. */
function behind(minutes, slot) {
  const timed = slides().slice(0, place + 1).findLast((slide) => slide.soFar !== null);
  if (!timed) return slot && minutes > slot ? minutes - slot : null;
  const start = timed === current() ? timed.soFar - timed.minutes : timed.soFar;
  const end = timed.soFar;
  return minutes > end ? minutes - end : minutes < start ? minutes - start : 0;
}

/** The screen does not go dark while somebody speaks. */
const stayAwake = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => undefined);

let size = Number(localStorage.getItem("deckgen notes") ?? 1);
function enlarge(factor) {
  size = Math.min(2.5, Math.max(0.6, size * factor));
  localStorage.setItem("deckgen notes", size);
  byId("notes").style.setProperty("--size", size);
}

const leave = () => location.assign(`./#${encodeURIComponent(current()?.id ?? "")}`);
const openAudience = () => window.open("audience", "deckgen-audience", "popup,width=1280,height=720");
const last = () => slides().findLastIndex((slide) => !slide.hidden);
const keys = {
  ArrowRight: on, ArrowDown: on, PageDown: on, " ": on, Enter: on, n: on,
  ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
  Home: () => go(0), End: () => go(last()),
  b: blacken, ".": blacken, t: toggleTimer, a: openAudience, p: leave, Escape: leave,
  "+": () => enlarge(1.1), "=": () => enlarge(1.1), "-": () => enlarge(1 / 1.1), "?": () => byId("keys").showModal(),
};
const number = numbers((label) => {
  const found = placeOf(slides(), label);
  if (found >= 0) go(found);
  else toast(`There is no slide ${label}`);
});

/** Does what a key stands for; false for a key that stands for nothing, or clicks a button. */
function press(event, button = false) {
  if (number(event)) return true;
  const act = button ? null : keys[event.key];
  act?.();
  return Boolean(act);
}

document.addEventListener("keydown", (event) => {
  if (foreign(event)) return;
  if (event.target.id === "notes" && ["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
  if (press(event, clicks(event))) event.preventDefault();
});
audience.onmessage = ({ data }) => {
  if (data.hello) {
    tell();
    audience.postMessage({ slides: toCome() });
  } else if (data.key) press({ key: data.key });
};
byId("on").addEventListener("click", on);
byId("back").addEventListener("click", back);
byId("black").addEventListener("click", blacken);
byId("run").addEventListener("click", toggleTimer);
byId("reset").addEventListener("click", resetTimer);
byId("audience").addEventListener("click", openAudience);
byId("leave").addEventListener("click", leave);
byId("show-keys").addEventListener("click", () => byId("keys").showModal());
new ResizeObserver(draw).observe(document.querySelector(".now .frame"));
window.addEventListener("hashchange", () => {
  const found = slides().findIndex((slide) => slide.id === decodeURIComponent(location.hash.slice(1)));
  if (found >= 0 && found !== place) go(found);
});
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
setInterval(tick, 250);
letGo();
enlarge(1);
let ended = false;
follow(show, (lost) => {
  if (lost && !ended) toast("deckgen has ended; the talk goes on");
  ended = lost;
});
