// Asks the search of a built site what a reader types: its own worker, on its own index, outside a browser.
// node search.mjs FOLDER < queries (a JSON list); writes, for each query, what the worker replied, as JSON.

import { globSync, readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const folder = process.argv[2];
const [worker] = globSync(`${folder}/assets/javascripts/workers/search.*.js`);
const [file] = globSync([`${folder}/search.json`, `${folder}/search/search_index.json`]);
const index = JSON.parse(readFileSync(file, "utf-8"));

let reply;
globalThis.postMessage = (message) => {
  reply = message;
};
runInThisContext(readFileSync(worker, "utf-8"));
globalThis.onmessage({ data: { type: 0, data: index } });
if (reply.type !== 1) throw new Error("the worker is not ready");

const answers = JSON.parse(readFileSync(0, "utf-8")).map((typed) => {
  globalThis.onmessage({ data: { type: 2, data: index.items ? { input: typed } : typed } });
  const { items } = reply.data;
  // Zensical's results name the parts of the index by their place in it.
  return index.items ? items.map((found) => [{ ...found, ...index.items[found.id] }]) : items;
});
console.log(JSON.stringify(answers));
