// The page: one socket to the circle, and everything it sends drawn where it belongs.
import { Composer } from "./composer.js";
import { EYE, byId, el, icon, page, say, word } from "./dom.js";
import { discordMessage, discordModal } from "./discord.js";
import { showProblem } from "./fields.js";
import { menuButton } from "./listbox.js";
import { slackBlocks, slackFiles, slackWindow } from "./slack.js";
import { Wire } from "./wire.js";

const messages = byId("messages"), dialog = byId("window"), told = byId("told");
const waiting = new Map();
let offered = 0, opener = null;

const wire = new Wire((event) => on[event.kind]?.(event));
const send = (frame, then) => wire.send(frame, then);
const offers = (command, param, typed) => new Promise((found) => {
  const number = (offered += 1);
  waiting.set(number, found);
  send({ do: "offer", number, command, param, typed });
  setTimeout(() => { waiting.delete(number); found([]); }, 3000);
});
const composer = new Composer(send, offers);
const use = (name) => {
  const go = page.state.room === "bot" || page.state.room === "home";
  if (go) { send({ do: "go", room: "general" }); afterView = () => composer.use(name); }
  else composer.use(name);
};
let afterView = null, lived = false;

// ---- words, and who, when and where
function words(event) {
  Object.assign(page, { words: event.words, menu: event.menu, shortcuts: event.shortcuts, lang: event.lang });
  Object.assign(document.documentElement, { lang: event.lang, dir: event.dir });
  document.title = word("title");
  document.querySelectorAll("[data-word]").forEach((each) => { each.textContent = word(each.dataset.word); });
  document.querySelectorAll("[data-label]").forEach((each) => each.setAttribute("aria-label", word(each.dataset.label)));
  byId("language").replaceChildren(...event.languages.map((each) => el("option", { value: each.id, lang: each.id, selected: each.id === event.lang }, each.name)));
}

function state(event) {
  const was = page.state;
  Object.assign(page, { state: event, now: event.now, zone: event.zone, reads: event.reads });
  document.body.dataset.platform = event.platform;
  document.querySelector(`[name=platform][value=${event.platform}]`).checked = true;
  byId("me").replaceChildren(...event.people.map((each) => el("option", { value: each.id, selected: each.id === event.me }, each.id === "organiser" ? word("organiser") : each.name)));
  byId("time").textContent = event.time;
  byId("day").textContent = event.day;
  rooms(event);
  document.body.dataset.room = event.room;
  document.querySelector(".skip").hidden = ["bot", "home"].includes(event.room);
  if (was.room !== event.room || was.platform !== event.platform || was.me !== event.me || !byId("composer").children.length) composer.draw(was.me === event.me ? composer.input?.value : "");
}

const nameOf = (room) => ({ general: "general", digest: "digest", bot: "Hello Circle", home: word("home") })[room];

function rooms(event) {
  const button = ({ id, unread }) => el("li", {}, el("button", { type: "button", class: `go ${id}`, "aria-current": id === event.room ? "page" : undefined, onclick: () => send({ do: "go", room: id }) },
    el("span", { class: "sign", "aria-hidden": "true" }, id === "bot" ? el("img", { src: "/static/mark.svg", alt: "" }) : id === "home" ? "⌂" : "#"), el("span", { class: "name" }, nameOf(id)), unread ? el("span", { class: "unread" }, `${unread}`, el("span", { class: "hidden" }, ` ${word("new")}`)) : null));
  const group = (title, some) => [el("h2", {}, title), el("ul", {}, event.rooms.filter((room) => some.includes(room.id)).map(button))];
  const focused = document.activeElement?.matches(".rooms .go") ? document.activeElement.className : null;
  const person = event.people.find((each) => each.id === event.me);
  document.querySelector(".rooms").replaceChildren(el("p", { class: "circle-name" }, "Newcomers"), ...group(word("channels"), ["general", "digest"]), ...group(word(event.platform === "slack" ? "apps" : "messages"), ["bot", "home"]),
    el("p", { class: "self" }, avatar(person.name), el("span", {}, person.name)));
  if (focused) document.querySelector(`.rooms .${focused.split(" ").pop()}`)?.focus();
  byId("room-name").textContent = event.room === "home" || event.room === "bot" ? `Hello Circle${event.room === "home" ? ` · ${word("home")}` : ""}` : `# ${nameOf(event.room)}`;
  byId("room-about").textContent = { digest: word("hello_digest"), bot: word("hello_bot") }[event.room] ?? "";
}

function avatar(name) {
  const made = el("span", { class: "avatar", "aria-hidden": "true" }, name.slice(0, 1));
  made.style.setProperty("--hue", String([...name].reduce((sum, letter) => sum + letter.codePointAt(0) * 47, 0) % 360));
  return made;
}

// ---- messages
const act = (entry, inWindow = false) => ({ use, offers, press: (token) => { opener = document.activeElement; send({ do: "press", token, entry: entry ?? null, window: inWindow }); } });

function message(event) {
  const slack = page.state.platform === "slack";
  const content = event.payloads.map((payload) => (slack ? slackBlocks(payload.blocks, act(event.number), payload.files) : discordMessage(payload, act(event.number))));
  if (event.files.length) content.push(slackFiles(event.files));
  const name = event.own ? event.by : "Hello Circle";
  const only = event.private ? el("p", { class: "only" }, icon(EYE), word("only_you")) : null;
  const made = el("article", { class: `message${event.private ? " private" : ""}${event.own ? " own" : ""}`, "aria-label": `${name}, ${event.time}` },
    !slack && event.asked ? el("p", { class: "asked" }, avatar(event.by), el("span", {}, event.by), " ", el("code", {}, event.asked)) : null,
    slack ? only : null,
    el("div", { class: "body" }, event.own ? avatar(event.by) : el("img", { class: "avatar", src: "/static/mark.svg", alt: "" }),
      el("div", { class: "content" },
        el("p", { class: "who" }, el("b", {}, name), event.own ? null : el("span", { class: "app" }, word("app")), el("time", {}, event.time)),
        el("div", { lang: event.lang, dir: event.dir }, content), shortcutsOf(event))),
    slack ? null : only);
  Object.assign(made.dataset, { number: event.number, day: event.day });
  return made;
}

// What Slack offers in the menu of a message that all see.
function shortcutsOf(event) {
  const some = page.shortcuts.filter((each) => each.kind === "message").map((each) => ({ shown: each.shown, value: each.id }));
  if (!some.length || event.private || page.state.room === "bot") return null;
  const made = menuButton(word("actions"), some, (name) => { opener = made.querySelector("button"); send({ do: "shortcut", name, entry: event.number }); });
  made.classList.add("shortcuts");
  return made;
}

const divider = (day) => el("p", { class: "divider", "data-day": day }, el("span", {}, day));

function put(event) {
  const made = message(event);
  const old = messages.querySelector(`[data-number="${event.number}"]`);
  if (old) {
    const held = old.contains(document.activeElement);
    old.replaceWith(made);
    if (held) (made.querySelector("button") ?? messages).focus();
    return;
  }
  const last = [...messages.querySelectorAll("[data-day]")].at(-1)?.dataset.day;
  if (last !== event.day) messages.append(divider(event.day));
  messages.append(made);
  messages.scrollTo({ top: made.offsetHeight > messages.clientHeight ? made.offsetTop - 12 : messages.scrollHeight });
}

function view(event) {
  messages.replaceChildren(...(event.room === "general" ? [welcome()] : []));
  messages.classList.remove("home");
  const quiet = messages.getAttribute("aria-live");
  messages.setAttribute("aria-live", "off");
  event.messages.forEach(put);
  requestAnimationFrame(() => (quiet === null ? messages.removeAttribute("aria-live") : messages.setAttribute("aria-live", quiet)));
  void toTheEnd();
  afterView?.();
  afterView = null;
}

// Shows the newest message from its beginning, once every picture has its size.
async function toTheEnd() {
  const show = () => {
    const newest = messages.lastElementChild;
    const from = newest?.matches(".message") ? newest.offsetTop - 12 : 0;
    messages.scrollTo({ top: newest?.offsetHeight > messages.clientHeight ? from : messages.scrollHeight, behavior: "instant" });
  };
  if (!messages.querySelector(".message")) return messages.scrollTo({ top: 0, behavior: "instant" });
  show();
  await Promise.allSettled([...messages.querySelectorAll("img")].map((image) => image.decode()));
  show();
}

function welcome() {
  const run = (frame) => () => { opener = document.activeElement; send(frame); };
  const typed = (name) => ({ do: "type", line: page.menu.find((each) => each.name === name)?.shown ?? `/${name}` });
  const ways = [["try_next", typed("lead next")], ["try_add", typed("lead add")], ["try_monday", { do: "move", to: "monday" }], ["try_omar", { do: "be", who: "omar" }]];
  return el("section", { class: "welcome", "aria-labelledby": "hello" }, el("img", { src: "/static/mark.svg", alt: "", width: 64, height: 64 }), el("h3", { id: "hello" }, word("hello")),
    page.state.me === "amina" ? el("p", {}, word("hello_who", { day: page.state.day, time: page.state.time })) : null, el("p", {}, word("hello_safe")),
    el("p", { class: "try" }, word("try")), el("ol", {}, ways.map(([name, frame]) => el("li", {}, el("button", { type: "button", onclick: run(frame) }, el("b", {}, word(name)), frame.line ? el("code", {}, frame.line) : null)))));
}

function home(event) {
  messages.classList.add("home");
  messages.replaceChildren(el("article", { class: "home-page", lang: event.lang, dir: event.dir }, slackBlocks(event.blocks, act(null, true))));
  messages.scrollTop = 0;
}

// ---- windows
function open(made, event) {
  if (!dialog.open) opener = opener ?? document.activeElement;
  dialog.replaceChildren(made);
  Object.assign(dialog, { lang: event.lang, dir: event.dir });
  if (!dialog.open) dialog.showModal();
  (made.querySelector("input:not([type=radio]),select,textarea,input:checked,input") ?? made.querySelector(".words") ?? made.querySelector("button")).focus();
}
const close = () => dialog.close();
// Discord closes a form once it has it; what is not taken stays in it.
const sending = (answer) => send({ do: "send", ...answer }, { done: (kinds) => { if (page.state.platform === "discord" && !kinds.includes("form")) close(); } });
dialog.addEventListener("close", () => {
  say("");
  const back = opener?.isConnected ? opener : byId("line") ?? messages;
  opener = null;
  // The browser may believe that it has the focus already, from before the window, and then takes no letters.
  back.blur();
  back.focus();
});
dialog.addEventListener("click", (event) => { if (event.target === dialog) close(); });

// ---- the margin
function tell(event) {
  if (event.whole) told.replaceChildren();
  told.append(...event.lines.map((line) => el("li", { class: line.mark }, el("time", {}, line.at), el("span", {}, line.text))));
  const last = event.lines.at(-1)?.text ?? "";
  byId("last").textContent = last;
  if (!told.children.length) told.append(el("li", { class: "empty" }, word("margin_empty")));
  else told.querySelector(".empty:not(:only-child)")?.remove();
  byId("log").scrollTop = told.scrollHeight;
}

function here(event) {
  if (event.fresh && lived) say(word("anew"));
  lived = true;
  page.most = event.most;
  const ends = byId("ends");
  ends.textContent = "";
  if (event.seconds !== null) {
    const at = new Date(Date.now() + event.seconds * 1000);
    ends.textContent = word("ends", { time: new Intl.DateTimeFormat(page.lang, { timeStyle: "short" }).format(at) });
  }
}

// ---- the socket
const over = (name, button, given) => {
  wire.end();
  Object.assign(page.words, given);
  dialog.close();
  messages.replaceChildren(el("section", { class: "welcome over", role: "alert" }, el("img", { src: "/static/mark.svg", alt: "", width: 64, height: 64 }), el("h3", {}, word(name)), el("button", { type: "button", class: "main", onclick: () => location.reload() }, word(button))));
};
const on = {
  words, state, view, home, told: tell, here,
  message: (event) => put(event.message),
  form: (event) => open(discordModal(event.form, sending, close), event),
  window: (event) => open(slackWindow(event.view, act(null, true), sending, close), event),
  problems: (event) => {
    Object.entries(event.problems).forEach(([name, text]) => showProblem(dialog, name, text));
    dialog.querySelector(".wrong input,.wrong select,.wrong textarea")?.focus();
  },
  offers: (event) => { waiting.get(event.number)?.(event.offers); waiting.delete(event.number); },
  slow: () => say(word("slow")),
  trouble: () => say(word("trouble")),
  crowded: () => say(word("crowded")),
  full: (event) => over("full", "again", event.words),
  gone: () => over("gone", "again"),
  elsewhere: () => over("elsewhere", "here"),
};

// ---- the bar
byId("me").addEventListener("change", (event) => send({ do: "be", who: event.target.value }));
byId("language").addEventListener("change", (event) => send({ do: "speak", language: event.target.value }));
document.querySelectorAll("[data-move]").forEach((each) => each.addEventListener("click", ({ detail }) => { if (detail < 2 || each.dataset.move === "day") send({ do: "move", to: each.dataset.move }); }));
document.querySelectorAll("[name=platform]").forEach((each) => each.addEventListener("change", () => send({ do: "show", platform: each.value })));
const toggle = (id, change) => byId(id).addEventListener("click", () => {
  const on = byId(id).getAttribute(id === "more" || id === "fold" ? "aria-expanded" : "aria-pressed") !== "true";
  byId(id).setAttribute(id === "more" || id === "fold" ? "aria-expanded" : "aria-pressed", String(on));
  change(on);
});
toggle("phone", (on) => byId("stage").classList.toggle("phone", on));
toggle("more", (on) => document.querySelector(".bar").classList.toggle("open", on));
toggle("fold", (on) => document.querySelector(".margin").classList.toggle("open", on));
const dark = matchMedia("(prefers-color-scheme: dark)");
const theme = (on) => { document.documentElement.dataset.theme = on ? "dark" : "light"; byId("dark").setAttribute("aria-pressed", String(on)); };
theme(dark.matches);
dark.addEventListener("change", () => theme(dark.matches));
toggle("dark", theme);
byId("again").addEventListener("click", () => byId("sure").showModal());
byId("sure").addEventListener("close", (event) => { if (event.target.returnValue === "yes") send({ do: "again" }); event.target.returnValue = ""; });
// The second click of a double click is no second press.
[messages, dialog].forEach((place) => place.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("button")) { event.preventDefault(); event.stopPropagation(); }
}, true));
wire.connect();
