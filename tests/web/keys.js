// Prints the sentences that web/ says: [{at, verb, key}], read from its syntax, as JSON; key is null where it is no literal.
// `known` says what comes as data, and stands here with literals alone, for which it is the wrong word.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const root = new URL("../../web", import.meta.url).pathname;
const VERBS = { t: [0], many: [2], known: [0] }; // where the key stands among the arguments

/** The text of a literal, or of literals put together; undefined for anything else. */
function text(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return text(node.expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [text(node.left), text(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

const found = [];
for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath ?? entry.path, entry.name);
  if (!path.endsWith(".js") || path.includes("vendor") || path.endsWith("engine/language.js")) continue;
  const code = readFileSync(path, "utf8");
  if (!/\b(t|many|known)\(/.test(code)) continue;
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && Object.hasOwn(VERBS, node.expression.text)) {
      const verb = node.expression.text;
      const [key] = VERBS[verb].map((at) => node.arguments[at] && text(node.arguments[at]));
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (verb !== "known" || key !== undefined) found.push({ at: `web/${relative(root, path)}:${line}`, verb, key: key ?? null });
    }
    ts.forEachChild(node, visit);
  };
  if (/import \{[^}]*\b(t|many|known)\b[^}]*\} from "[^"]*language\.js"/.test(code)) visit(source);
}
process.stdout.write(JSON.stringify(found));
