// Draws what Discord would be sent: components of messages, and modals.
import { bring, download, el, word } from "./dom.js";
import { channels, choiceField, complete, fileField, people, question, radioField, textField } from "./fields.js";
import { menuButton } from "./listbox.js";
import { discordText } from "./markup.js";

const ROW = 1, BUTTON = 2, SELECT = 3, INPUT = 4, USER = 5, CHANNEL = 8, TEXT = 10, GALLERY = 12, FILE = 13, CONTAINER = 17, LABEL = 18, UPLOAD = 19, RADIO = 21;
const STYLES = { 1: "primary", 2: "secondary", 4: "danger", 5: "link" };

export function discordMessage(payload, { press, use }) {
  const file = (url) => payload.files[url.replace("attachment://", "")];
  const draw = (component) => {
    switch (component.type) {
      case CONTAINER: {
        const made = el("div", { class: "d-container" }, component.components.map(draw));
        made.style.borderInlineStartColor = `#${component.accent_color.toString(16).padStart(6, "0")}`;
        return made;
      }
      case TEXT:
        return el("div", { class: "d-text" }, discordText(component.content, use));
      case ROW:
        return el("div", { class: "d-row" }, component.components.map(draw));
      case BUTTON:
        return component.style === 5
          ? el("a", { class: "d-button link", href: component.url, rel: "noopener noreferrer", target: "_blank" }, component.label)
          : el("button", { type: "button", class: `d-button ${STYLES[component.style]}`, onclick: () => press(component.custom_id) }, component.label);
      case SELECT:
        return menuButton(component.placeholder, component.options.map((option) => ({ shown: option.label, value: option.value })), press);
      case GALLERY:
        return component.items.map((item) => el("img", { class: "d-picture", src: file(item.media.url).data, alt: item.description }));
      case FILE: {
        const name = component.file.url.replace("attachment://", "");
        return download(name, file(component.file.url).data, file(component.file.url).size);
      }
      default:
        return null;
    }
  };
  return el("div", { class: "d-message" }, payload.components.map(draw).flat());
}

const options = (component) => component.options.map((option) => ({ shown: option.label, value: option.value }));

function control(component) {
  const { required } = component;
  const given = (component.options ?? []).find((option) => option.default)?.value ?? component.default_values?.[0]?.id;
  switch (component.type) {
    case INPUT:
      return textField({ long: component.style === 2, value: component.value, most: component.max_length, required });
    case RADIO:
      return radioField({ options: options(component), value: given, required });
    case UPLOAD:
      return fileField({ required });
    case USER:
      return choiceField({ options: people(), value: given, required });
    case CHANNEL:
      return choiceField({ options: channels(), value: given, required });
    default:
      return choiceField({ options: options(component), value: given, required });
  }
}

// Gives a form with its questions; `send` gets what Discord would send back.
export function discordModal(form, send, close) {
  const asked = form.components.filter((component) => component.type === LABEL).map((component) => ({ ...component, made: control(component.component) }));
  const read = async ({ component, made }) => {
    const value = component.type === UPLOAD ? made.files.length && (await bring(made.files[0])) : component.type === RADIO ? made.querySelector("input:checked")?.value ?? "" : made.value;
    const answer = component.type === INPUT ? { value } : { values: value ? [value] : [] };
    return value === null ? null : { type: LABEL, component: { type: component.type, custom_id: component.custom_id, ...answer } };
  };
  const made = el("form", { class: "d-modal", noValidate: true },
    el("header", {}, el("img", { src: "/static/mark.svg", alt: "", width: 24, height: 24 }), el("h2", { id: "window-name" }, form.title), el("button", { type: "button", class: "close", "aria-label": word("close"), onclick: close }, "✕")),
    el("div", { class: "questions" }, asked.map(({ label, description, component, made: input }) => question({ label, hint: description, optional: !component.required, control: input, group: component.type === RADIO, name: component.custom_id }))),
    el("footer", {}, el("button", { type: "button", class: "d-button secondary", onclick: close }, word("cancel")), el("button", { class: "d-button primary" }, word("send"))));
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!complete(made)) return;
    const components = await Promise.all(asked.map(read));
    if (!components.includes(null)) send({ token: form.custom_id, components });
  });
  return made;
}

