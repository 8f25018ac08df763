/** Rules of this house that no published linter has. Plain JavaScript, because the linter loads it as it is. */

const noClockOrDice = {
  create(context) {
    const report = (node, what) => context.report({ node, message: `${what} in a core package: time, ids and randomness are arguments.` });
    return {
      CallExpression(node) {
        const callee = node.callee;
        if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier" || callee.property.type !== "Identifier") return;
        const name = `${callee.object.name}.${callee.property.name}`;
        if (["Date.now", "Math.random", "performance.now", "crypto.randomUUID", "crypto.getRandomValues"].includes(name)) report(node, name);
      },
      NewExpression(node) {
        if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0) report(node, "new Date() without a time");
      },
    };
  },
};

export default { meta: { name: "house" }, rules: { "no-clock-or-dice": noClockOrDice } };
