// What all pages share: elements, the stream of states, pictures, notes, what is said to screen readers.

export const byId = (id) => document.getElementById(id);

/** An element with its attributes (`onclick` and its like are listeners) and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** Calls `show` with every state; `lost(true)` while deckgen can't be reached. A page out of sight does not listen. */
export function follow(show, lost) {
  let source = null;
  const listen = () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source || source.readyState === EventSource.CLOSED) {
      source = new EventSource("events");
      source.onmessage = (event) => {
        lost(false);
        show(JSON.parse(event.data));
      };
      source.onerror = () => lost(true);
    }
  };
  document.addEventListener("visibilitychange", listen);
  window.addEventListener("pagehide", () => source?.close());
  window.addEventListener("pageshow", listen);
  setInterval(listen, 3000);
  listen();
}

const WIDTHS = [160, 240, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840];

/** The width in pixels to ask for, for a picture that is shown so wide. */
export function pixels(width) {
  const wanted = width * devicePixelRatio;
  return WIDTHS.find((offered) => offered >= wanted - 1) ?? WIDTHS.at(-1);
}

/** The address of a slide's picture; without a step, as it is after the last click. */
export function slidePicture(slide, width, step = slide.steps) {
  const after = step < slide.steps ? `&step=${step}` : "";
  return `slides/${slide.digest}.png?width=${pixels(width)}${after}`;
}

/** Puts a picture in place of another when it has been loaded, so that nothing flickers. */
export async function swap(image, address) {
  if (image.dataset.wanted === address) return;
  image.dataset.wanted = address;
  await load(image, address);
}

const BRIEF_MS = 80;
/**
 * Puts the picture of another slide in place: at once, in whatever size there is, and then in its own. Nobody may take
 * the slide before for this one. What is passed by in a moment is not asked for.
 */
export async function put(image, address, small) {
  image.dataset.wanted = address;
  if (ahead.get(address)?.complete) {
    image.src = address;
    return;
  }
  if (small) image.src = small;
  else image.removeAttribute("src");
  await new Promise((go) => setTimeout(go, BRIEF_MS));
  await load(image, address);
}

async function load(image, address) {
  if (image.dataset.wanted !== address) return;
  if (image.getAttribute("src")) {
    const next = new Image();
    next.fetchPriority = image.fetchPriority;
    next.src = address;
    try {
      await next.decode();
    } catch {
      // What was asked for has been replaced meanwhile, and the next state tells by what; or deckgen has ended.
      if (image.dataset.wanted === address && loaded(address)) image.src = loaded(address);
      return;
    }
  }
  if (image.dataset.wanted === address) image.src = address;
}

/** The address of a picture of the same slide in another width that has been loaded ahead; nothing if there is none. */
function loaded(address) {
  const alike = (other) => other.replace(/width=\d+/, "") === address.replace(/width=\d+/, "");
  for (const [other, image] of ahead) if (alike(other) && image.complete && image.naturalWidth) return other;
  return "";
}

const ahead = new Map();
/** Loads a picture that will be wanted soon, and keeps some of them. */
export function prefetch(address, most = 12) {
  if (ahead.has(address)) return null;
  const image = new Image();
  image.src = address;
  ahead.set(address, image);
  if (ahead.size > most) ahead.delete(ahead.keys().next().value);
  return image;
}

/** Loads all clicks of slides for a picture that is shown so wide, one after the other, until `over()`. */
export async function loadAll(slides, width, over) {
  for (const slide of slides) {
    for (let step = 0; step <= slide.steps; step++) {
      if (over()) return;
      await prefetch(slidePicture(slide, width, step), 2000)?.decode().catch(() => undefined);
    }
  }
}

/** Shows the notes of a slide: from their beginning, and if they are as they were, with what is marked in them. */
export function showNotes(slide, scrolling) {
  const notes = byId("notes");
  if (notes.dataset.slide !== slide.id) scrolling.scrollTop = 0;
  notes.dataset.slide = slide.id;
  const told = JSON.stringify(slide.notes);
  if (notes.dataset.told === told) return;
  notes.dataset.told = told;
  notes.replaceChildren(...notesOf(slide));
}

function notesOf(slide) {
  if (!slide.notes.length) return [element("p", { class: "none", ...OURS }, "No notes")];
  return slide.notes.map(({ level, marker, runs }) => {
    const made = element("p", {}, ...runs.map(runOf));
    if (marker || level) {
      made.dataset.level = level;
      made.style.setProperty("--level", level);
    }
    if (marker) made.dataset.marker = marker;
    return made;
  });
}

function runOf(run) {
  let made = document.createTextNode(run.text);
  const wrap = (name, attributes) => (made = element(name, attributes, made));
  if (run.code) wrap("code");
  if (run.bold) wrap("strong");
  if (run.italic) wrap("em");
  if (run.script) wrap(run.script === "sub" ? "sub" : "sup");
  if (run.link?.startsWith("#")) wrap("a", { href: run.link });
  else if (run.link) wrap("a", { href: run.link, target: "_blank", rel: "noreferrer noopener" });
  return made;
}

const OURS = { lang: "en", dir: "ltr" };

/** The language and the direction of the talk, for an element that holds its text. */
export function speak(talk, ...elements) {
  for (const each of elements) {
    each.lang = talk.language;
    each.dir = talk.direction;
  }
}

/** A text of the talk, or words of ours where there is none: they are English, whatever the talk is in. */
export function write(where, talk, text, ours) {
  where.textContent = text || ours;
  if (text) speak(talk, where);
  else Object.assign(where, OURS);
}

/** Says something to screen readers. */
export function say(text) {
  byId("said").textContent = text;
}

let fading = 0;
/** Says something to everybody, for a moment. */
export function toast(text) {
  say(text);
  const shown = byId("toast");
  shown.textContent = text;
  shown.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => shown.classList.remove("shown"), 3000);
}

/** The number of a slide as it is typed: digits, then Enter. Gives true for a key that belongs to it. */
export function numbers(go) {
  let typed = "";
  return (event) => {
    if (/^\d$/.test(event.key)) {
      typed = (typed + event.key).slice(-4);
      toast(`Slide ${typed}, then Enter`);
      return true;
    }
    const wanted = typed;
    typed = "";
    if (event.key === "Enter" && wanted) {
      go(wanted);
      return true;
    }
    return false;
  };
}

/** The place of the slide that is called by a number; -1 if there is none. */
export function placeOf(slides, label) {
  return slides.findIndex((slide) => slide.label === label);
}

/** How many slides the audience sees. */
export const shownInTalk = (slides) => slides.filter(({ hidden }) => !hidden).length;

/** Whether a key belongs to the browser, or to what has the focus: text, a list of choices, a dialog. */
export function foreign(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return true;
  return event.target.closest("input, select, textarea, dialog") !== null;
}

/** Whether a key clicks the button or link that has the focus. */
export function clicks(event) {
  return [" ", "Enter"].includes(event.key) && event.target.closest("button, a, summary") !== null;
}

export const channel = () => new BroadcastChannel(`deckgen ${location.pathname.split("/")[1]}`);

export const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** Buttons that were clicked give the focus back, so that the space bar does not click them again. */
export function letGo() {
  document.addEventListener("click", (event) => {
    if (event.detail > 0) event.target.closest("button")?.blur();
  });
}
