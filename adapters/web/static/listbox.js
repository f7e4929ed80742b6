// A field with a list of what fits, for mouse, touch, keyboard and screen reader: the combobox pattern of ARIA.
import { el, newId } from "./dom.js";

export class Listbox {
  // `find(text)` gives what fits, `pick(option)` takes one; each option has `shown`, and may have `about` and `hint`.
  constructor(input, { find, pick, label, always = false }) {
    Object.assign(this, { input, find, pick, always, at: -1, options: [] });
    this.list = el("ul", { class: "listbox", role: "listbox", id: newId("list"), hidden: true });
    this.list.setAttribute("aria-label", label);
    this.status = el("span", { class: "hidden", role: "status" });
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.refresh());
    input.addEventListener("focus", () => always && this.refresh());
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get open() {
    return !this.list.hidden;
  }

  async refresh() {
    const asked = (this.asked = Symbol("asked"));
    const options = await this.find(this.input.value);
    if (asked === this.asked && this.input.isConnected) this.show(options);
  }

  show(options) {
    this.options = options;
    this.list.replaceChildren(...options.map((option, at) => {
      const made = el("li", { role: "option", id: newId("option"), onclick: () => this.take(at) },
        el("span", { class: "shown" }, option.shown), option.about ? el("span", { class: "about" }, option.about) : null, option.hint ? el("span", { class: "hint" }, option.hint) : null);
      made.setAttribute("aria-selected", "false");
      return made;
    }));
    this.list.hidden = options.length === 0;
    this.input.setAttribute("aria-expanded", String(this.open));
    this.move(options.length && !this.always ? 0 : -1);
    this.status.textContent = this.open ? `${options.length}` : "";
  }

  move(to) {
    const items = [...this.list.children];
    this.at = items.length ? Math.max(-1, Math.min(to, items.length - 1)) : -1;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === this.at)));
    if (this.at >= 0) {
      this.input.setAttribute("aria-activedescendant", items[this.at].id);
      items[this.at].scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  take(at) {
    const option = this.options[at];
    this.close();
    if (option) this.pick(option);
  }

  close() {
    this.asked = null;
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  // Takes a key; returns whether it was meant for the list.
  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!this.open) void this.refresh();
      else this.move(this.at + (event.key === "ArrowDown" ? 1 : this.at > 0 ? -1 : 0));
      return true;
    }
    if (!this.open) return false;
    if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && this.at >= 0) {
      event.preventDefault();
      this.take(this.at);
      return true;
    }
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      return true;
    }
    return false;
  }
}

// A button that opens a few choices: what both platforms draw as a menu in a message.
export function menuButton(label, options, pick) {
  const list = el("ul", { class: "popmenu", role: "menu", hidden: true });
  const button = el("button", { type: "button", class: "menu-button", "aria-haspopup": "menu", "aria-expanded": "false" }, el("span", {}, label), el("span", { class: "caret", "aria-hidden": "true" }, "▾"));
  const show = (open) => {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) list.querySelector("button").focus();
  };
  list.append(...options.map((option) => el("li", { role: "none" }, el("button", { type: "button", role: "menuitem", onclick: () => { show(false); pick(option.value); } }, option.shown))));
  list.setAttribute("aria-label", label);
  button.addEventListener("click", () => show(list.hidden));
  const holder = el("div", { class: "menu-holder" }, button, list);
  holder.addEventListener("keydown", (event) => {
    const items = [...list.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    if (event.key === "Escape" && !list.hidden) { show(false); button.focus(); event.stopPropagation(); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show(true);
      else items[(at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length].focus();
    }
  });
  holder.addEventListener("focusout", (event) => { if (!holder.contains(event.relatedTarget)) show(false); });
  return holder;
}

