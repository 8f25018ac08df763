import { expect, test } from "vitest";
import { canonicalSearch } from "./canonical.ts";
import { describeSearch } from "./describe-search.ts";
import { parseSearch } from "./parse.ts";

/** What people write who know another search language, or whose keyboard means it well. */
test.each([
  ["resource:“orders table” “Q2 report”", 'resource:"orders table" "Q2 report"', "resource “orders table”, text “Q2 report”"],
  ["„Q2 report“", '"Q2 report"', "text “Q2 report”"],
  ['resource:"“Q2” plan"', 'resource:"“Q2” plan"', "resource ““Q2” plan”"],
  ["status:failed and actor:alice", "status:failed actor:alice", "status failed, actor alice"],
  ["alice and bob", 'alice "and" bob', "text “alice”, text “and”, text “bob”"],
  ["id:0190A0C4-7D1E-7000-8000-00000000ABCD", "id:0190a0c4-7d1e-7000-8000-00000000abcd", "event id 0190a0c4-7d1e-7000-8000-00000000abcd"],
  ["rows:>1,000,000 duration:<1,000.5s", "duration:<1000500ms rows:>1000000", "rows over 1,000,000, duration under 1000.5 s"],
  ['resource:("a*b" OR a*b)', 'resource:("a*b" OR a*b)', "resource “a*b” or a*b"],
  ['actor:"Chen, Alice"', 'actor:"Chen, Alice"', "actor “Chen, Alice”"],
  ['resource:"a,b" "status=failed" ">" "\'s"', 'resource:"a,b" "status=failed" ">" "\'s"', "resource “a,b”, text “status=failed”, text “>”, text “'s”"],
  ["a=b x<y 12:30 a@b.c", 'a=b x<y "12:30" a@b.c', "text “a=b”, text “x<y”, text “12:30”, text “a@b.c”"],
])("%s is understood", (text, canonical, words) => {
  const { clauses, problems } = parseSearch(text);
  expect(problems).toEqual([]);
  expect(canonicalSearch(text)).toBe(canonical);
  expect(canonicalSearch(canonical)).toBe(canonical);
  expect(describeSearch(clauses)).toBe(words);
});

test.each<[string, string, RegExp, string | undefined]>([
  // text, the part at fault, the sentence, the mended text
  ["status: failed x", "status:", /no space/, "status:failed x"],
  ['resource: "orders table"', "resource:", /no space/, 'resource:"orders table"'],
  ["status: (failed OR success)", "status:", /no space/, "status:(failed OR success)"],
  ["User: alice@company.com Action: Updated Status: Success", "User:", /no space/, "User:alice@company.com Action:Updated Status:Success"],
  ["Date: Last 7 days status:failed", "Date:", /Set the time range/, "status:failed"],
  ["created:last month x", "created:last", /Set the time range/, "x"],
  ["date: 2026-01-01 x", "date:", /Set the time range/, "x"],
  ["date: report", "date:", /Set the time range/, "report"],
  ["actor: -bob", "actor:", /needs a value/, undefined],
  ["actor: status:failed", "actor:", /needs a value/, undefined],
  ["actor:(alice, bob)", "actor:(alice, bob)", /`OR` stands between/, "actor:(alice OR bob)"],
  ['actor:(alice and "and")', 'actor:(alice and "and")', /`OR` stands between/, 'actor:(alice OR "and")'],
  ["actor:(alice || bob)", "actor:(alice || bob)", /`OR` stands between/, "actor:(alice OR bob)"],
  ["actor:(NOT alice)", "actor:(NOT alice)", /`OR` stands between/, undefined],
  ["actor:(alice,bob) x", "actor:(alice,bob)", /comma/, "actor:(alice OR bob) x"],
  ["-actor:alice,bob", "-actor:alice,bob", /comma/, "-actor:(alice OR bob)"],
  ["status:failed, success", "status:failed,", /comma/, "status:(failed OR success)"],
  ["status:failed,success", "status:failed,success", /comma/, "status:(failed OR success)"],
  ["has:ip,team", "has:ip,team", /comma/, "has:(ip OR team)"],
  ["metadata.env:prod,dev", "metadata.env:prod,dev", /comma/, "metadata.env:(prod OR dev)"],
  ["actor:,", "actor:,", /comma/, undefined],
  ["rows:>1,5", "rows:>1,5", /whole number/, undefined],
  ["duration:>1,5s", "duration:>1,5s", /A duration is/, undefined],
  ["rows:1,00,0", "rows:1,00,0", /whole number/, undefined],
  ["status=failed x", "status=failed", /A colon/, "status:failed x"],
  ['resource="orders table"', 'resource="orders table"', /A colon/, 'resource:"orders table"'],
  ["status!=failed", "status!=failed", /A colon/, "-status:failed"],
  ["-status==failed", "-status==failed", /A colon/, "-status:failed"],
  ["rows>=1000", "rows>=1000", /A colon/, "rows:>=1000"],
  ["metadata.env=prod", "metadata.env=prod", /A colon/, "metadata.env:prod"],
  ["status：failed", "status：failed", /A colon/, "status:failed"],
  ["rows > 1000", ">", /A colon/, "rows:>1000"],
  ["status = failed x", "=", /A colon/, "status:failed x"],
  ["status != failed", "!=", /A colon/, "-status:failed"],
  ["a > b", ">", /A colon/, undefined],
  ["!status:failed", "!status:failed", /minus sign excludes/, "-status:failed"],
  ["–status:failed", "–status:failed", /minus sign excludes/, "-status:failed"],
  ["--status:failed", "--status:failed", /before a key/i, "-status:failed"],
  ["+status:failed", "+status:failed", /before a key/i, "status:failed"],
  ["@actor:x", "@actor:x", /before a key/i, "actor:x"],
  ["\u200bstatus:failed", "\u200bstatus:failed", /before a key/i, "status:failed"],
  ["a && b", "&&", /hold anyway/, "a b"],
  ["status:failed || status:success", "||", /stand in parentheses/, "status:(failed OR success)"],
  ["status:failed or status:success", "or", /stand in parentheses/, "status:(failed OR success)"],
  ["not status:failed", "not", /minus sign/, "-status:failed"],
  ["status:!failed", "status:!failed", /before a value/i, 'status:"!failed"'],
  ["metadata.level:>5", "metadata.level:>5", /before a value/i, 'metadata.level:">5"'],
  ["resource:'orders table' x", "resource:'orders", /double/, 'resource:"orders table" x'],
  ["'Q2 report'", "'Q2", /double/, '"Q2 report"'],
  ["'tis", "'tis", /double/, '"\'tis"'],
  ["resource.type:database", "resource.type:database", /Did you mean `resource_type:`/, "resource_type:database"],
  ["actor.email:a@b.c", "actor.email:a@b.c", /Did you mean `actor:`/, "actor:a@b.c"],
  ["context.ip:10.0.0.1", "context.ip:10.0.0.1", /Did you mean `ip:`/, "ip:10.0.0.1"],
  ["ip:[2001:db8::1]", "ip:[2001:db8::1]", /no IP address/, undefined],
  ["ip:1.2.3.4-1.2.3.9", "ip:1.2.3.4-1.2.3.9", /no IP address/, undefined],
])("%s is explained", (text, at, sentence, mended) => {
  const [problem] = parseSearch(text).problems;
  expect(text.slice(problem?.from, problem?.to)).toBe(at);
  expect(problem?.message).toMatch(sentence);
  expect(problem?.fix?.text).toBe(mended);
});
