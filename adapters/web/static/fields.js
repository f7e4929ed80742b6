// The questions of forms: what both platforms have, each with its label, its hint and its problem.
import { el, newId, page, word } from "./dom.js";
import { Listbox } from "./listbox.js";

// Wraps a control with its label and hint; `control` gets an id and its descriptions.
export function question({ label, hint, optional, control, group = false, name }) {
  const id = newId("field");
  const [hintId, problemId] = [`${id}-hint`, `${id}-problem`];
  const input = group ? control : control.matches("input,select,textarea") ? control : control.querySelector("input,select,textarea");
  const words = [label, optional ? el("span", { class: "optional" }, ` (${word("optional")})`) : null];
  const described = [hint ? hintId : "", problemId].filter(Boolean).join(" ");
  const inside = [hint ? el("p", { class: "hint", id: hintId }, hint) : null, control, el("p", { class: "problem", id: problemId, role: "alert" })];
  input.setAttribute("aria-describedby", described);
  let made;
  if (group) made = el("fieldset", { class: "question" }, el("legend", {}, ...words), ...inside);
  else {
    input.id = id;
    made = el("div", { class: "question" }, el("label", { for: id }, ...words), ...inside);
  }
  made.dataset.name = name;
  return made;
}

export function showProblem(form, name, text) {
  const asked = [...form.querySelectorAll(".question")].find((each) => each.dataset.name === name);
  if (!asked) return;
  asked.querySelector(".problem").textContent = text;
  asked.classList.toggle("wrong", Boolean(text));
  asked.querySelectorAll("input,select,textarea").forEach((input) => input.setAttribute("aria-invalid", String(Boolean(text))));
}

// Says beside each question what it lacks, or that there is too much; returns whether all is as it should be.
export function complete(form) {
  let first = null;
  for (const asked of form.querySelectorAll(".question")) {
    const inputs = [...asked.querySelectorAll("input,select,textarea")];
    const given = inputs[0].type === "radio" ? inputs.some((input) => input.checked) : inputs[0].value.trim();
    const most = Number(inputs[0].dataset.most ?? Infinity);
    const problem = inputs[0].required && !given ? word("needed") : inputs[0].value.length > most ? word("long", { n: most }) : "";
    showProblem(form, asked.dataset.name, problem);
    first ??= problem ? inputs[0] : null;
  }
  first?.focus();
  return !first;
}

export const textField = ({ long, value, most, required }) => el(long ? "textarea" : "input", { value: value ?? "", "data-most": most ?? 4000, required, rows: long ? 3 : undefined, dir: "auto" });

export const fileField = ({ required }) => el("input", { type: "file", required });

export function choiceField({ options, value, required }) {
  const made = el("select", { required }, required && value ? null : el("option", { value: "" }, word(required ? "pick" : "none")), ...options.map((option) => el("option", { value: option.value }, option.shown)));
  made.value = value ?? "";
  return made;
}

export function radioField({ options, value, required }) {
  const name = newId("radio");
  return el("div", { class: "radios" }, ...options.map((option) => el("label", {}, el("input", { type: "radio", name, value: option.value, checked: option.value === value, required }), el("span", {}, option.shown))));
}

export const people = () => page.state.people.map((person) => ({ shown: person.name, value: person.id }));
export const channels = () => ["general", "digest"].map((name) => ({ shown: `#${name}`, value: name }));

// A field that asks the bot what fits while one types; `value` is what is sent, and `shown` what stands there.
export function lookupField({ ask, stands, required, label }) {
  const input = el("input", { value: stands?.shown ?? "", required, dir: "auto" });
  const made = el("div", { class: "lookup" }, input);
  made.value = stands?.value ?? "";
  const box = new Listbox(input, {
    label,
    always: true,
    find: async (text) => ask(made.value ? "" : text),
    pick: (option) => { input.value = option.shown; made.value = option.value; },
  });
  input.addEventListener("input", () => { made.value = ""; });
  input.addEventListener("keydown", (event) => box.key(event));
  made.append(box.list, box.status);
  made.typed = () => made.value || input.value;
  return made;
}
