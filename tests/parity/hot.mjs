// Puts questions to the hot part of the runtime, under Node.
//
//     node hot.mjs '{"hot": "…", "runtime": "…", …, "questions": "…", "answers": "…"}'
//
// `questions` and `answers` are JSON lists of texts; an answer is null when the hot part was asked for what it does not
// have, whatever came of it: another one, begun anew, goes on with the next question.

import { readFileSync, writeFileSync } from "node:fs";
import { COLD } from "../../calculators/web/js/engine/snapshot.mjs";
import { resume } from "../../calculators/web/engine/node/resume.mjs";

const job = JSON.parse(process.argv[2]);
const module = new Uint8Array(readFileSync(job.hot));
console.error = console.warn = () => undefined;

async function begin() {
  const [python, { exports }] = await resume(job, module);
  return { answer: python.pyimport("calculators.web.page.browser").answer, cold: exports[COLD] };
}

let engine = await begin();
const answers = [];
for (const question of JSON.parse(readFileSync(job.questions, "utf-8"))) {
  let text = null;
  try {
    text = engine.answer(question);
  } catch (error) {
    text = String(error).split("\n").at(-2);
  }
  const cold = engine.cold.value !== 0;
  answers.push(cold ? null : text);
  if (cold) {
    engine = await begin();
  }
}
writeFileSync(job.answers, JSON.stringify(answers));
