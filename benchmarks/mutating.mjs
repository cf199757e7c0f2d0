// Lists every change that `benchmarks.mutants` can make in a module of web/: node mutating.mjs FILE prints a line of JSON,
// [{line, what, start, end, text}], where the source from `start` to `end` would become `text`.

import { readFileSync } from "node:fs";
import ts from "typescript";

const SWAPS = {
  "+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "**": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "===": "!==", "!==": "===",
  "&&": "||", "||": "&&", "??": "&&", "&": "|", "|": "&", "^": "&", ">>>": "<<", ">>": "<<", "+=": "-=", "-=": "+=", "??=": "=",
};
const CALLS = { min: "max", max: "min", every: "some", some: "every", floor: "ceil", ceil: "floor", round: "floor" };

const source = readFileSync(process.argv[2], "utf8");
const tree = ts.createSourceFile(process.argv[2], source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
const found = [];

/** Adds a change of a node. */
function change(node, what, text) {
  const start = node.getStart();
  found.push({ line: tree.getLineAndCharacterOfPosition(start).line + 1, what, start, end: node.getEnd(), text });
}

/** Adds the changes of a node and of all below it. What is thrown is words for people and left alone. */
function visit(node) {
  if (ts.isThrowStatement(node)) return;
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.getText();
    if (SWAPS[operator]) change(node.operatorToken, `${operator} to ${SWAPS[operator]}`, SWAPS[operator]);
  } else if (ts.isPrefixUnaryExpression(node) && [ts.SyntaxKind.MinusToken, ts.SyntaxKind.ExclamationToken].includes(node.operator)) {
    const not = node.operator === ts.SyntaxKind.ExclamationToken;
    change(node, `without ${not ? "!" : "-"}`, `${not ? "!!" : "+"}(${node.operand.getText()})`);
  } else if (ts.isNumericLiteral(node)) {
    const number = Number(node.getText());
    change(node, `${node.getText()} to`, String(Number.isInteger(number) ? number + 1 : number * 1.5 + 0.1));
    found.at(-1).what += ` ${found.at(-1).text}`;
  } else if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) {
    const other = String(node.kind === ts.SyntaxKind.FalseKeyword);
    change(node, `${node.getText()} to ${other}`, other);
  } else if (ts.isConditionalExpression(node)) {
    const [test, yes, no] = [node.condition, node.whenTrue, node.whenFalse].map((part) => part.getText());
    change(node, "branches swapped", `(${test}) ? (${no}) : (${yes})`);
  } else if (ts.isPropertyAccessExpression(node) && CALLS[node.name.text]) {
    change(node.name, `${node.name.text} to ${CALLS[node.name.text]}`, CALLS[node.name.text]);
  }
  ts.forEachChild(node, visit);
}

visit(tree);
process.stdout.write(JSON.stringify(found));
