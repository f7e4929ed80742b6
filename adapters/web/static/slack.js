// Draws what Slack would be sent: the blocks of messages, of windows and of the home page.
import { bring, download, el, word } from "./dom.js";
import { channels, choiceField, complete, fileField, lookupField, people, question, radioField, textField } from "./fields.js";
import { menuButton } from "./listbox.js";
import { slackText } from "./markup.js";

const lines = (text, use) => text.split("\n").map((line) => el("p", {}, line ? slackText(line, use) : "\u00a0"));
const words = (text, use) => (text.type === "mrkdwn" ? lines(text.text, use) : text.text.split("\n").map((line) => el("p", {}, line || "\u00a0")));
const options = (element) => element.options.map((option) => ({ shown: option.text.text, value: option.value }));

function element(each, act) {
  if (each.type === "button") return el("button", { type: "button", class: `s-button ${each.style ?? ""}`, onclick: () => act.press(each.value) }, each.text.text);
  if (each.type === "static_select") return menuButton(each.placeholder.text, options(each), act.press);
  return null;
}

function block(each, act, files) {
  switch (each.type) {
    case "header":
      return el("h3", { class: "s-header" }, each.text.text);
    case "section":
      return el("div", { class: "s-section" }, each.text ? words(each.text, act.use) : null, each.fields ? el("div", { class: "s-fields" }, each.fields.map((field) => el("div", {}, words(field, act.use)))) : null);
    case "context":
      return el("div", { class: "s-context" }, each.elements.map((text) => words(text, act.use)).flat());
    case "actions":
      return el("div", { class: "s-actions" }, each.elements.map((inner) => element(inner, act)));
    case "image":
      return el("img", { class: "s-picture", src: files[each.slack_file.id].data, alt: each.alt_text });
    case "divider":
      return el("hr");
    default:
      return null;
  }
}

export const slackBlocks = (blocks, act, files = {}) => el("div", { class: "s-message" }, blocks.map((each) => block(each, act, files)));
export const slackFiles = (files) => el("div", { class: "s-message" }, files.map((file) => download(file.name, file.data, file.size)));

const INITIAL = { datepicker: ["date", "initial_date", "selected_date"], timepicker: ["time", "initial_time", "selected_time"], datetimepicker: ["datetime-local", "initial_local", "selected_local"] };

// Gives a control, and what reads its value as Slack sends it.
function control(asked, optional, label, act) {
  const required = !optional;
  const chosen = asked.initial_option?.value;
  const option = (value) => (value ? { selected_option: { value } } : {});
  if (INITIAL[asked.type]) {
    const [type, from, to] = INITIAL[asked.type];
    const made = el("input", { type, value: asked[from] ?? "", required });
    return [made, () => ({ [to]: made.value || null })];
  }
  switch (asked.type) {
    case "number_input": {
      const made = el("input", { type: "number", value: asked.initial_value ?? "", min: asked.min_value, max: asked.max_value, required, inputMode: "numeric" });
      return [made, () => ({ value: made.value })];
    }
    case "radio_buttons": {
      const made = radioField({ options: options(asked), value: chosen, required });
      return [made, () => option(made.querySelector("input:checked")?.value)];
    }
    case "static_select": {
      const made = choiceField({ options: options(asked), value: chosen, required });
      return [made, () => option(made.value)];
    }
    case "external_select": {
      const [, command, param] = asked.action_id.split(":");
      const stands = asked.initial_option && { shown: asked.initial_option.text.text, value: chosen };
      const made = lookupField({ ask: (typed) => act.offers(command, param, typed), stands, required, label });
      return [made, () => option(made.typed())];
    }
    case "file_input": {
      const made = fileField({ required });
      const brought = async ([file]) => { const id = await bring(file); return id === null ? null : { files: [{ id, name: file.name }] }; };
      return [made, () => (made.files.length ? brought(made.files) : {})];
    }
    case "users_select": {
      const made = choiceField({ options: people(), value: asked.initial_user, required });
      return [made, () => ({ selected_user: made.value || null })];
    }
    case "conversations_select": {
      const made = choiceField({ options: channels(), value: asked.initial_conversation, required });
      return [made, () => ({ selected_conversation: made.value || null })];
    }
    default: {
      const made = textField({ long: asked.multiline, value: asked.initial_value, most: asked.max_length, required });
      return [made, () => ({ value: made.value })];
    }
  }
}

// Gives a window: questions with their labels, or words with buttons.
export function slackWindow(view, act, send, close) {
  const read = {};
  const inside = view.blocks.map((each) => {
    if (each.type !== "input") return block(each, act, {});
    const [made, value] = control(each.element, each.optional, each.label.text, act);
    read[each.block_id] = async () => {
      const given = await value();
      return given === null ? null : { [each.element.action_id]: given };
    };
    return question({ label: each.label.text, hint: each.hint?.text, optional: each.optional, control: made, group: each.element.type === "radio_buttons", name: each.block_id });
  });
  const asks = Boolean(view.submit);
  const made = el("form", { class: "s-window", noValidate: true },
    el("header", {}, el("h2", { id: "window-name" }, view.title.text), el("button", { type: "button", class: "close", "aria-label": word("close"), onclick: close }, "✕")),
    el("div", { class: asks ? "questions" : "s-message words", tabIndex: asks ? -1 : 0, role: asks ? undefined : "region", "aria-labelledby": asks ? undefined : "window-name" }, inside),
    el("footer", {}, el("button", { type: "button", class: "s-button", onclick: close }, view.close.text), asks ? el("button", { class: "s-button primary" }, view.submit.text) : null));
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!complete(made)) return;
    const values = await Promise.all(Object.entries(read).map(async ([name, value]) => [name, await value()]));
    if (values.every(([, value]) => value !== null)) send({ token: view.private_metadata, state: { values: Object.fromEntries(values) } });
  });
  return made;
}
