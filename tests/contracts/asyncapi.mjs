// Whether AsyncAPI documents are valid: one file an argument; what is wrong, line by line.
import { Parser } from "@asyncapi/parser";
import { readFile } from "node:fs/promises";

const parser = new Parser();
let wrong = 0;
for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await parser.parse(await readFile(file, "utf8"));
  const errors = diagnostics.filter((found) => found.severity === 0);
  for (const found of errors) console.error(`${file}: ${found.path.join("/")}: ${found.message}`);
  if (!document || errors.length) wrong += 1;
}
process.exit(wrong ? 1 : 0);
