// The pages of the handout, linked with the slides both ways.

import { byId, element, pixels, plural, swap } from "./page.js";

const STATES = { building: "being updated", failed: "from before", built: "" };
const NONE = {
  building: "Its pages are being laid out. They appear here as soon as they are.",
  failed: "There is none yet. Its pages appear here when the errors are mended.",
  built: "There is none: only the deck is built.",
};
let handout = null;
let shown = "";

/** Shows the handouts of a state; `choose` is called with the id of a slide in the source, `turned` for another style. */
export function showHandout({ handouts, talk, pair }, choose, turned) {
  const select = byId("style");
  const names = handouts.map(({ name }) => name);
  if (names.join() !== [...select.options].map((option) => option.value).join()) {
    select.replaceChildren(...names.map((name) => element("option", { value: name }, title(name))));
    select.hidden = names.length < 2;
  }
  select.onchange = () => {
    showHandout({ handouts, talk, pair }, choose, turned);
    turned();
  };
  handout = handouts.find(({ name }) => name === select.value) ?? handouts[0] ?? null;
  const panel = byId("handout");
  panel.classList.toggle("updating", pair === "building" && handout !== null);
  byId("handout-state").textContent = handout ? STATES[pair] || plural(handout.pages.length, "page") : "";
  byId("handout-none").textContent = NONE[pair];
  byId("handout-none").hidden = handout !== null;
  if (!handout || !talk) return;
  const list = byId("pages");
  const told = JSON.stringify([handout, talk.slides.map(({ label, source }) => [label, source])]);
  if (told === shown) return;
  shown = told;
  while (list.children.length > handout.pages.length) list.lastChild.remove();
  while (list.children.length < handout.pages.length) list.append(made());
  handout.pages.forEach((page, i) => update(list.children[i], page, i + 1, talk, choose));
}

/** `handout-grid-6` as it is read. */
const title = (name) => name.replace(/^handout-?/, "").replaceAll("-", " ") || "article";

function made() {
  const image = element("img", { alt: "", loading: "lazy", decoding: "async", fetchpriority: "low" });
  return element("li", { class: "sheet" }, element("button", {}, image), element("p"));
}

function update(sheet, page, number, talk, choose) {
  const [button, line] = sheet.children;
  const slides = page.slides
    .map((source) => talk.slides.find((slide) => slide.source === source))
    .filter((slide) => slide !== undefined);
  const list = byId("pages");
  const width = (list.clientWidth || 400) - 48;
  sheet.style.setProperty("--page", `${page.width} / ${page.height}`);
  sheet.dataset.sources = page.slides.join(" ");
  const labels = slides.map(({ label }) => label).join(", ");
  const held = slides.length ? `, with ${slides.length === 1 ? "slide" : "slides"} ${labels}` : "";
  button.setAttribute("aria-label", `Handout page ${number}${held}`);
  button.onclick = () => {
    if (!slides.length) return;
    const here = slides.findIndex((slide) => sheet.dataset.slide === slide.source);
    choose(slides[(here + 1) % slides.length].source);
  };
  swap(button.firstChild, `pages/${handout.digest}/${number}.png?width=${pixels(width)}`);
  const about = JSON.stringify([number, slides.map(({ source, label, title }) => [source, label, title])]);
  if (line.dataset.told === about) return;
  line.dataset.told = about;
  const chips = slides.map(({ source, label, title }) => {
    const about = { "data-source": source, "aria-label": `Slide ${label}`, title };
    return element("button", { ...about, onclick: () => choose(source) }, label);
  });
  line.replaceChildren(element("span", {}, `Page ${number}`), ...chips);
}

/** Shows the page on which a slide stands; its own scrolling only, so that the window stays. */
export function turnTo(slide, scroll) {
  const list = byId("pages");
  const [first] = handout?.places[slide.source] ?? [];
  [...list.children].forEach((sheet, i) => {
    const here = i + 1 === first;
    sheet.toggleAttribute("data-current", here);
    sheet.dataset.slide = slide.source;
    for (const chip of sheet.querySelectorAll("[data-source]")) {
      if (chip.dataset.source === slide.source) chip.setAttribute("aria-current", "true");
      else chip.removeAttribute("aria-current");
    }
    if (!here || !scroll) return;
    const over = sheet.offsetTop < list.scrollTop;
    const under = sheet.offsetTop + sheet.offsetHeight > list.scrollTop + list.clientHeight;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    if (over || under) list.scrollTo({ top: sheet.offsetTop - 16, behavior });
  });
  return first ?? 0;
}
