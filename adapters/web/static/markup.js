// Reads the markup of both platforms, as far as the bot writes it, into elements.
import { el, page } from "./dom.js";

const relative = (seconds) => {
  const away = seconds - page.now;
  const steps = [[60, 1, "second"], [3600, 60, "minute"], [86400, 3600, "hour"], [2592000, 86400, "day"], [Infinity, 2592000, "month"]];
  const [, size, unit] = steps.find(([below]) => Math.abs(away) < below);
  return new Intl.RelativeTimeFormat(page.reads ?? page.lang, { numeric: "auto" }).format(Math.round(away / size), unit);
};

const outside = (href, label) => {
  const safe = /^https:\/\//.test(href);
  return safe ? el("a", { href, rel: "noopener noreferrer", target: "_blank" }, label) : document.createTextNode(label);
};

const DISCORD = /\\([^\p{L}\p{N}\s])|\*\*(.+?)\*\*|<\/([^:>]+):\d+>|<#([^>]+)>|<@!?([^>|]+)>|<t:(\d+):R>|\[([^\]]+)\]\((https:[^)]+)\)/gu;

function discordInline(text, use) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(DISCORD)) {
    nodes.push(text.slice(from, found.index));
    const [all, escaped, bold, command, channel, person, moment, label, href] = found;
    if (escaped) nodes.push(escaped);
    else if (bold) nodes.push(el("b", {}, discordInline(bold, use)));
    else if (command) nodes.push(el("button", { type: "button", class: "mention", onclick: () => use(command) }, `/${command}`));
    else if (channel) nodes.push(el("span", { class: "mention" }, `#${channel}`));
    else if (person) nodes.push(el("span", { class: "mention" }, `@${person}`));
    else if (moment) nodes.push(relative(Number(moment)));
    else nodes.push(outside(href, label));
    from = found.index + all.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

export function discordText(text, use) {
  const made = [];
  let list = null;
  for (const line of text.split("\n")) {
    const [, mark, words] = /^(#{1,3} |-# |- )?(.*)$/su.exec(line);
    if (mark === "- ") {
      if (!list) made.push((list = el("ul")));
      list.append(el("li", {}, discordInline(words, use)));
      continue;
    }
    list = null;
    if (mark === "-# ") made.push(el("p", { class: "quiet" }, discordInline(words, use)));
    else if (mark) made.push(el("h3", {}, discordInline(words, use)));
    else made.push(el("p", {}, words ? discordInline(words, use) : "\u00a0"));
  }
  return made;
}

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const SLACK = /<!date\^(\d+)\^([^|>]*)\|([^>]*)>|<#([^>|]+)[^>]*>|<@([^>|]+)[^>]*>|<(https:[^>|]+)\|([^>]*)>|`([^`\n]+)`|(?<![\p{L}\p{N}\u2060])\*([^*\n]+)\*(?!\u2060)/gu;

const dated = (seconds, form) => {
  const at = new Date(seconds * 1000);
  const zone = { timeZone: page.zone };
  const lang = page.reads ?? page.lang;
  const date = new Intl.DateTimeFormat(lang, { weekday: "long", day: "numeric", month: "long", year: "numeric", ...zone }).format(at);
  const time = new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit", ...zone }).format(at);
  return form.replace("{date_long}", date).replace("{time}", time);
};

export function slackText(text, use) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(SLACK)) {
    nodes.push(unescape(text.slice(from, found.index)));
    const [all, moment, form, , channel, person, href, label, code, bold] = found;
    if (moment) nodes.push(dated(Number(moment), form));
    else if (channel) nodes.push(el("span", { class: "mention" }, `#${channel}`));
    else if (person) nodes.push(el("span", { class: "mention" }, `@${person}`));
    else if (href) nodes.push(outside(href, unescape(label)));
    else if (code?.startsWith("/")) nodes.push(el("button", { type: "button", class: "code", onclick: () => use(unescape(code).slice(1)) }, unescape(code)));
    else if (code) nodes.push(el("code", {}, unescape(code)));
    else nodes.push(el("b", {}, slackText(bold, use)));
    from = found.index + all.length;
  }
  nodes.push(unescape(text.slice(from)));
  return nodes.filter((node) => node !== "");
}
