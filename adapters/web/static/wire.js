// The socket to the circle. What was sent and has no answer yet is known, so that nothing typed is lost with the connection.
import { say, word } from "./dom.js";

const PATIENCE = 20000, LONGEST = 8000;
// What comes unasked; everything else but the first words answers what was sent before, in its order.
const UNASKED = ["elsewhere", "gone", "full", "away"];
const REFUSALS = ["slow", "trouble", "crowded"];

export class Wire {
  // `take(event)` draws one thing that came.
  constructor(take) {
    Object.assign(this, { take, sent: [], tries: 0, greeted: false, ended: false, socket: null });
    setInterval(() => { if (this.sent.length && Date.now() - this.sent[0].at > PATIENCE) this.lost(this.socket); }, 1000);
  }

  connect() {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/socket`);
    this.socket = socket;
    this.greeted = false;
    socket.onmessage = ({ data }) => { if (socket === this.socket) this.came(JSON.parse(data)); };
    socket.onclose = () => this.lost(socket);
  }

  // Sends a frame; returns whether it is on its way. What waits for its answer is not sent twice.
  // `undo` is called where it was refused or lost, `done` with the answer before that is drawn.
  send(frame, { undo, done } = {}) {
    if (this.socket?.readyState !== WebSocket.OPEN) {
      say(word("away"));
      return false;
    }
    const raw = JSON.stringify(frame);
    if (this.sent.some((each) => each.raw === raw)) return true;
    this.sent.push({ raw, undo, done, at: Date.now() });
    this.socket.send(raw);
    return true;
  }

  came(events) {
    this.tries = 0;
    const kinds = events.map((event) => event.kind);
    if (!kinds.some((kind) => UNASKED.includes(kind))) {
      const { undo, done } = (this.greeted ? this.sent.shift() : null) ?? {};
      this.greeted = true;
      if (kinds.some((kind) => REFUSALS.includes(kind))) undo?.();
      else done?.(kinds);
    }
    events.forEach(this.take);
  }

  lost(socket) {
    if (socket !== this.socket || this.ended) return;
    this.socket = null;
    socket.close();
    this.sent.splice(0).forEach(({ undo }) => undo?.());
    if (this.tries > 0 || this.greeted) say(word("away"));
    setTimeout(() => this.connect(), Math.min(LONGEST, 300 * 2 ** (this.tries += 1)));
  }

  // Lets the circle go, because another page shows it or it is gone.
  end() {
    this.ended = true;
    this.sent.splice(0);
  }
}
