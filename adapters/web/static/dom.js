// Small helpers: elements without markup in strings, so that nothing anybody typed is ever read as HTML.
export const page = { words: {}, state: {}, menu: [], now: 0, zone: "UTC", lang: "en" };

export function el(tag, props = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name in made && !["list", "form", "role"].includes(name)) made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}

export const byId = (id) => document.getElementById(id);

export function word(name, values = {}) {
  return (page.words[name] ?? "").replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
}

let ids = 0;
export const newId = (what) => `${what}-${(ids += 1)}`;

export const icon = (path) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
};

export const EYE = "M12 5c5 0 8.5 4 10 7-1.5 3-5 7-10 7S3.5 15 2 12c1.5-3 5-7 10-7zm0 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8z";
export const DOWN = "M6 9l6 6 6-6z";
export const SEND = "M3 20l19-8L3 4v6l10 2-10 2z";

const notice = byId("notice");

// Says something for a moment; over a window it stands in the window, because all behind it is out of reach.
export function say(text) {
  (document.querySelector("dialog[open]") ?? document.body).append(notice);
  notice.textContent = text;
  notice.classList.toggle("shown", Boolean(text));
  clearTimeout(say.timer);
  if (text) say.timer = setTimeout(() => notice.classList.remove("shown"), 6000);
}

// Brings a file to the program; gives the name by which a form names it, or null where that was told to be impossible.
export async function bring(file) {
  if (file.size > page.most) {
    say(word("large", { n: page.most / 1e6 }));
    return null;
  }
  try {
    const answer = await fetch(`/file?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
    if (answer.ok) return (await answer.json()).file;
    say(word(answer.status === 429 ? "slow" : "trouble"));
  } catch {
    say(word("away"));
  }
  return null;
}

// A file that comes inside a message, to be kept.
export function download(name, data, size) {
  const link = el("a", { class: "file", download: name, href: data },
    el("span", { class: "file-name" }, name),
    el("span", { class: "file-size" }, `${word("file")} · ${Math.max(1, Math.round(size / 1024))} kB`));
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const bytes = Uint8Array.from(atob(data.split(",")[1]), (letter) => letter.charCodeAt(0));
    const kept = URL.createObjectURL(new Blob([bytes], { type: data.slice(5, data.indexOf(";")) }));
    el("a", { download: name, href: kept }).click();
    setTimeout(() => URL.revokeObjectURL(kept), 10000);
  });
  return link;
}
