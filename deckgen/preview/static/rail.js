// The list of slides: one button each, of which one is in the order of the Tab key.

import { byId, element, slidePicture, swap } from "./page.js";

const WIDTH = 224;
const items = new Map();

/** Shows the slides of a state; `choose` is called with the id of a slide that is clicked. */
export function showSlides({ talk, problems }, choose) {
  const list = byId("slides");
  const shown = talk.slides.map((slide, place) => {
    const item = items.get(slide.id) ?? made(slide.id, choose);
    items.set(slide.id, item);
    update(item, slide, problems.filter((problem) => problem.slide === slide.id));
    const first = slide.section && slide.section !== talk.slides[place - 1]?.section;
    if (first) item.dataset.section = talk.sections[slide.section];
    else delete item.dataset.section;
    return item;
  });
  for (const [id, item] of items) if (!shown.includes(item)) items.delete(id);
  if (shown.length !== list.children.length || shown.some((item, i) => list.children[i] !== item)) {
    const focused = document.activeElement;
    const kept = list.contains(focused);
    list.replaceChildren(...shown);
    if (kept && focused.isConnected) focused.focus({ preventScroll: true });
  }
}

function made(id, choose) {
  const image = element("img", { alt: "", loading: "lazy", decoding: "async", fetchpriority: "low" });
  const marks = element("div", { class: "marks" });
  const number = element("span", { class: "number" });
  const button = element(
    "button",
    { tabindex: -1, onclick: () => choose(id) },
    element("span", {}, number, marks),
    element("span", { class: "thumb" }, image),
  );
  return element("li", {}, button);
}

function update(item, slide, problems) {
  const button = item.firstChild;
  const image = item.querySelector("img");
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const name = [`Slide ${slide.label}`, slide.title];
  if (slide.parts > 1) name.push(`part ${slide.part} of ${slide.parts}`);
  if (slide.hidden) name.push("hidden");
  if (problems.length) name.push(errors ? "has errors" : "has warnings");
  button.setAttribute("aria-label", name.join(", "));
  button.title = slide.title;
  item.querySelector(".number").textContent = slide.label;
  item.classList.toggle("hidden", slide.hidden);
  item.querySelector(".marks").replaceChildren(
    ...(problems.length ? [element("i", { class: errors ? "error" : "warning" })] : []),
  );
  const address = slidePicture(slide, WIDTH);
  if (image.dataset.wanted && image.dataset.wanted !== address) {
    item.classList.remove("changed");
    void item.offsetWidth;
    item.classList.add("changed");
  }
  if (inView(button)) swap(image, address);
  else if (image.dataset.wanted !== address) image.src = image.dataset.wanted = address;
}

/** Whether a button stands in the window: what does not is loaded when it comes there. */
function inView(button) {
  const { top, bottom, left, right } = button.getBoundingClientRect();
  return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
}

/** The address of the small picture of a slide; nothing while it is not loaded. */
export function thumb(id) {
  const image = items.get(id)?.querySelector("img");
  return image?.complete && image.naturalWidth ? image.src : "";
}

/** Marks the slide that is shown; takes the focus to it if the list has it. */
export function mark(id) {
  for (const [own, item] of items) {
    const chosen = own === id;
    const button = item.firstChild;
    item.classList.toggle("current", chosen);
    button.tabIndex = chosen ? 0 : -1;
    if (chosen) {
      button.setAttribute("aria-current", "true");
      item.scrollIntoView({ block: "nearest", inline: "nearest" });
      if (byId("slides").contains(document.activeElement)) button.focus({ preventScroll: true });
    } else {
      button.removeAttribute("aria-current");
    }
  }
}
