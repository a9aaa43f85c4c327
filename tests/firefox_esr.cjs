// Loaded before Playwright's driver. Firefox ESR 153 does not know a command that Playwright 1.65 sends whenever it opens a
// browser profile, to choose a colour scheme; a success is reported in its place, and the scheme stays the browser's own.

const path = require("node:path");

const COMMAND = "emulation.setMediaFeaturesOverride";
const { ws: WebSocket } = require(path.join(path.dirname(process.argv[1]), "lib/utilsBundle.js"));
const { send } = WebSocket.prototype;

WebSocket.prototype.send = function (text, ...rest) {
  const { method, id } = JSON.parse(text);
  if (method === COMMAND) {
    setImmediate(() => this.emit("message", Buffer.from(JSON.stringify({ type: "success", id, result: {} })), false));
  } else {
    send.call(this, text, ...rest);
  }
};
