// The line where one types: `/` offers commands, and on Discord each option of a command has a field of its own.
import { SEND, bring, byId, el, icon, page, say, word } from "./dom.js";
import { channels, people } from "./fields.js";
import { Listbox } from "./listbox.js";

const MOST = 4000;
const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

export class Composer {
  constructor(send, offers) {
    Object.assign(this, { send, offers, form: byId("composer"), command: null, fields: [] });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.form.addEventListener("keydown", (event) => this.key(event));
  }

  // Draws an empty line, or says that nobody types here.
  draw(typed = "") {
    const had = this.form.contains(document.activeElement);
    this.command = null;
    this.fields = [];
    const { room, platform } = page.state;
    if (room === "bot" || room === "home") {
      this.form.replaceChildren(el("p", { class: "read-only" }, word("reading")));
      return;
    }
    this.input = el("input", { id: "line", class: "line", placeholder: word("say"), "aria-label": word("say"), dir: "auto", spellcheck: false, autocapitalize: "off" });
    this.box = new Listbox(this.input, { label: word("offers"), find: (text) => this.find(text), pick: (option) => this.choose(option) });
    this.form.replaceChildren(this.box.list, this.box.status, el("div", { class: "line-row" }, this.input, this.button()));
    this.form.dataset.platform = platform;
    this.input.value = typed;
    if (had) this.input.focus();
  }

  button = () => el("button", { class: "send", "aria-label": word("send"), title: word("send") }, icon(SEND));

  find(text) {
    if (!text.startsWith("/")) return [];
    const typed = folded(text.slice(1));
    if (page.state.platform === "slack") {
      const [first, behind] = [typed.split(" ")[0], typed.includes(" ")];
      const shortcuts = page.shortcuts.filter((each) => each.kind === "global" && folded(each.shown).startsWith(typed));
      return [...page.menu.filter((each) => (behind ? each.shown === `/${first}` : each.shown.slice(1).startsWith(first))).map((each) => ({ ...each, fixed: behind })), ...shortcuts];
    }
    const command = page.menu.find((each) => `${each.shown} `.toLowerCase() === text.toLowerCase());
    if (command) { this.begin(command); return []; }
    const names = (each) => [each.shown.slice(1), each.name].map(folded);
    const starts = page.menu.filter((each) => names(each).some((name) => name.startsWith(typed)));
    const holds = page.menu.filter((each) => !starts.includes(each) && names(each).some((name) => name.includes(typed)));
    return [...starts, ...(typed ? holds : [])].map((each) => ({ ...each, hint: each.options.map((option) => option.shown).join("  ") }));
  }

  choose(option) {
    if (option.kind === "global") {
      this.input.value = "";
      this.send({ do: "shortcut", name: option.id });
      return;
    }
    if (page.state.platform === "slack") {
      if (!option.fixed) this.input.value = `${option.shown} `;
      this.input.focus();
      if (!option.fixed) void this.box.refresh();
    } else this.begin(option);
  }

  // Puts a command into the line, by its name; the visitor only sends it.
  use(name) {
    if (!this.input?.isConnected) return;
    const command = page.menu.find((each) => each.name === name || each.shown === `/${name}`);
    if (command?.options) this.begin(command);
    else {
      this.input.value = `/${name} `;
      this.input.focus();
    }
  }

  begin(command) {
    this.command = command;
    this.fields = [];
    this.box.close();
    this.row = el("div", { class: "fields" }, el("span", { class: "command", title: command.about }, command.shown));
    this.extra = el("div", { class: "extra", role: "group", "aria-label": word("offers") });
    this.rest = el("input", { id: "line", class: "rest", "aria-label": `${command.shown}: ${command.about}`, dir: "auto", spellcheck: false });
    this.restBox = new Listbox(this.rest, { label: word("offers"), always: true, find: (text) => (text ? this.unused().filter((option) => folded(option.shown).startsWith(folded(text))) : []), pick: (option) => this.begun(option) });
    this.row.append(this.rest);
    this.rest.addEventListener("input", () => {
      const named = this.unused().find((option) => [`${option.shown}:`, `${option.name}:`].includes(this.rest.value.trim().toLowerCase()));
      if (named) this.begun(named);
    });
    this.form.replaceChildren(this.restBox.list, this.restBox.status, el("p", { class: "about" }, el("b", {}, command.shown), " ", command.about), this.extra, el("div", { class: "line-row" }, this.row, this.button()));
    command.options.filter((option) => option.required).forEach((option) => this.add(option));
    this.redraw();
    (this.fields[0]?.input ?? this.rest).focus();
  }

  unused = () => this.command.options.filter((option) => !this.fields.some((field) => field.option.name === option.name));

  // Begins a value whose name was typed.
  begun(option) {
    this.rest.value = "";
    this.restBox.close();
    this.add(option);
    this.redraw();
    this.fields.at(-1).input.focus();
  }

  redraw() {
    this.extra.replaceChildren(...this.unused().map((option) =>
      el("button", { type: "button", class: "add", title: option.about, "aria-label": `${word("more", { option: option.shown })}. ${option.about}`, onclick: () => this.begun(option) }, el("b", {}, option.shown), el("span", {}, option.about))));
  }

  add(option) {
    const input = option.kind === "file" ? el("input", { class: "value", type: "file", "aria-label": `${option.shown}: ${option.about}` }) : el("input", { class: "value", dir: "auto", inputMode: option.kind === "number" ? "numeric" : undefined, "aria-label": `${option.shown}: ${option.about}` });
    const field = { option, input, value: null };
    const fixed = { "yes-no": [{ shown: word("yes"), value: "yes" }, { shown: word("no"), value: "no" }], person: people(), channel: channels() }[option.kind] ?? option.choices;
    const fits = (text) => fixed.filter((each) => field.value !== null || folded(each.shown).includes(folded(text)));
    if (option.kind !== "file") field.box = new Listbox(input, {
      label: option.about, always: true,
      find: (text) => (option.offers ? this.offers(this.command.name, option.name, field.value === null ? text : "") : fits(text)),
      pick: (picked) => { field.value = picked.value; input.value = picked.shown; this.grow(input); },
    });
    field.fixed = fixed;
    if (field.box) input.addEventListener("input", () => { field.value = null; this.split(field); this.grow(input); });
    field.chip = el("span", { class: "chip" }, el("span", { class: "name", "aria-hidden": "true" }, option.shown), input, el("button", { type: "button", class: "drop", "aria-label": word("drop", { option: option.shown }), onclick: () => this.drop(field) }, "✕"), field.box?.list, field.box?.status);
    this.fields.push(field);
    this.rest.before(field.chip);
    if (field.box) this.grow(input);
  }

  // Ends a value where the name of the next one is typed behind it, as in one long line.
  split(field) {
    const [, value, name] = /^(.*)\s(\S+):$/su.exec(field.input.value) ?? [];
    const next = name && this.unused().find((option) => [option.shown, option.name].includes(name.toLowerCase()));
    if (!next) return;
    field.input.value = value;
    field.box.close();
    this.begun(next);
  }

  grow = (input) => { input.style.inlineSize = `${Math.max(6, input.value.length + 2)}ch`; };

  drop(field) {
    this.fields = this.fields.filter((each) => each !== field);
    field.chip.remove();
    this.redraw();
    (this.fields.at(-1)?.input ?? this.rest).focus();
  }

  key(event) {
    const field = this.fields.find((each) => each.input === event.target);
    const atRest = this.command && event.target === this.rest;
    if ((field?.box ?? (atRest ? this.restBox : event.target === this.input ? this.box : null))?.key(event)) return;
    if (event.key === "Escape" && this.command) { event.preventDefault(); this.leave(); }
    else if (event.key === "Backspace" && field && !event.target.value) { event.preventDefault(); this.drop(field); }
    else if (event.key === "Backspace" && atRest && !this.rest.value) {
      event.preventDefault();
      if (this.fields.length) this.fields.at(-1).input.focus();
      else this.leave();
    }
    else if (event.key === "Enter" && field && !(event.target.type === "file" && !event.target.value)) { event.preventDefault(); this.submit(); }
  }

  leave() {
    this.draw();
    this.input.focus();
  }

  async submit() {
    if (this.brings || (!this.command && !this.input?.value.trim())) return;
    const inputs = this.command ? [...this.fields.map(({ input, option }) => [input, option.max_length]), [this.rest]] : [[this.input]];
    const long = inputs.find(([{ value }, most = MOST]) => value.trim().length > most);
    if (long) {
      say(word("long", { n: long[1] ?? MOST }));
      long[0].focus();
      return;
    }
    say("");
    if (!(await this.bring())) return;
    const undo = this.keep();
    if (!this.send(this.command ? this.called() : { do: "type", line: this.input.value.trim() }, { undo })) return;
    this.draw();
    this.input?.focus();
  }

  // Brings the files of the line, one time each time it is sent; returns whether all arrived.
  async bring() {
    this.brings = true;
    for (const field of this.command ? this.fields : []) {
      const [file] = field.input.files ?? [];
      if (file) field.value = await bring(file);
      if (file && !field.value) break;
    }
    this.brings = false;
    return !this.command || this.fields.every(({ input, value }) => !input.files?.length || value);
  }

  // Gives what puts back what stands in the line now, where it was not taken and nothing else was typed meanwhile.
  keep() {
    const { command, fields, input, box, row, extra, rest, restBox } = this;
    const nodes = [...this.form.childNodes];
    return () => {
      if (this.command || !this.input?.isConnected || this.input.value) return;
      Object.assign(this, { command, fields, input, box, row, extra, rest, restBox });
      this.form.replaceChildren(...nodes);
      (command ? fields.at(-1)?.input ?? rest : input).focus();
    };
  }

  // Gives the command with its values; with loose words behind it, as the line that a person would type.
  called() {
    const rest = this.rest.value.trim();
    if (rest) {
      const given = this.fields.map(({ option, input, value }) => `${option.shown}:"${(input.files ? value ?? "" : input.value.split(" · ")[0]).replaceAll('"', "")}"`);
      return { do: "type", line: [this.command.shown, ...given, rest].join(" ") };
    }
    const values = {};
    for (const { option, input, value, fixed } of this.fields) {
      const words = input.files ? "" : input.value.trim().replace(/^["“«](.*)["”»]$/su, "$1");
      const typed = fixed.find((each) => folded(each.shown) === folded(words));
      const given = value ?? typed?.value ?? words;
      if (given) values[option.name] = given;
    }
    return { do: "call", command: this.command.name, values };
  }
}
