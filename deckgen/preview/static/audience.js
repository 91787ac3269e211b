// The window of the audience: shows what the presenter's view tells, and passes on the keys that are pressed in it.

import { byId, channel, loadAll, slidePicture, swap } from "./page.js";

const presenter = channel();
const image = byId("slide");
let shown = null;
let slides = [];

const width = () => Math.min(innerWidth, innerHeight * shown.ratio);

function draw() {
  if (!shown) return;
  document.documentElement.lang = image.lang = shown.language;
  document.title = shown.slide.title || "Slide";
  image.alt = shown.slide.text || shown.slide.title;
  image.hidden = false;
  document.body.classList.toggle("black", shown.black);
  document.body.classList.add("over");
  swap(image, slidePicture(shown.slide, width(), shown.step));
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => undefined);
}

presenter.onmessage = ({ data }) => {
  if (data.slides) {
    slides = data.slides;
    loadAhead();
  } else if (data.slide) {
    shown = data;
    draw();
  }
};

/** All slides, in the size of the window as it is now. */
function loadAhead() {
  if (!shown) return;
  const [wanted, wide] = [slides, width()];
  loadAll(wanted, wide, () => slides !== wanted || width() !== wide);
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "f" || event.key === "F11") fill();
  else if (event.key !== "Escape" && event.key !== "p" && event.key !== "a") presenter.postMessage({ key: event.key });
  else return;
  event.preventDefault();
});
document.addEventListener("click", () => (document.fullscreenElement ? presenter.postMessage({ key: " " }) : fill()));
document.addEventListener("fullscreenchange", () => (byId("hint").hidden = Boolean(document.fullscreenElement)));
window.addEventListener("resize", () => {
  draw();
  loadAhead();
});
setTimeout(() => (byId("hint").hidden = shown !== null), 8000);
presenter.postMessage({ hello: true });
