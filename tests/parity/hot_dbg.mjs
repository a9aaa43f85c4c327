// Puts questions to the hot part of the runtime, under Node.
//
//     node hot.mjs '{"hot": "…", "emptied": "…", "filling": 0, "runtime": "…", …, "questions": "…", "answers": "…"}'
//
// `questions` and `answers` are JSON lists of texts; an answer is null when the hot part was asked for what it does not
// have, whatever came of it: another one, begun anew, goes on with the next question. The static data that was emptied is
// filled with the byte `filling`: no answer may depend on it.

import { readFileSync, writeFileSync } from "node:fs";
import { COLD } from "../../calculators/web/js/engine/snapshot.mjs";
import { emptied } from "../../calculators/web/engine/node/module_parts.mjs";
import { resume } from "../../calculators/web/engine/node/resume.mjs";

const job = JSON.parse(process.argv[2]);
const ranges = JSON.parse(readFileSync(job.emptied, "utf-8"));
const module = emptied(new Uint8Array(readFileSync(job.hot)), ranges, job.filling);


async function begin() {
  const [python, { exports }] = await resume(job, module);
  return { answer: python.pyimport("calculators.web.page.browser").answer, cold: exports[COLD], python };
}

let engine = await begin();
const answers = [];
for (const question of JSON.parse(readFileSync(job.questions, "utf-8"))) {
  let text = null;
  let broken = false;
  try {
    text = engine.answer(question);
  } catch (error) {
    broken = !(error instanceof engine.python.ffi.PythonError);
    process.stderr.write(String(error.stack).slice(0,3000)+"\n----\n"); text = null;
  }
  // As the worker of the page has it.
  const cold = engine.cold.value !== 0 || broken;
  answers.push(cold ? null : text);
  if (cold) {
    engine = await begin();
  }
}
writeFileSync(job.answers, JSON.stringify(answers));
